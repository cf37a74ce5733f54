using Xunit;

namespace Bookings.Tests;

/// <summary>Tests in which the usual practitioner sits at the desk; each has a service of its own.</summary>
public abstract class AtTheDesk : IAsyncLifetime
{
    protected World World { get; private set; } = null!;

    /// <summary>The usual practitioner, signed in.</summary>
    protected HttpClient Practitioner { get; set; } = null!;

    public async Task InitializeAsync()
    {
        World = await World.Start();
        Practitioner = World.Service.As("practitioner", practitionerId: World.Listings.Usual.PractitionerId);
    }

    public async Task DisposeAsync() => await World.DisposeAsync();
}

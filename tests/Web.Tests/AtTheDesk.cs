using Xunit;

namespace Web.Tests;

/// <summary>A site whose practitioner has a desk: a listing, hours and appointments.</summary>
public abstract class AtTheDesk : IAsyncLifetime
{
    protected Site Site { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Site = await Site.Open();
        Site.Town.KeepDesk();
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();
}

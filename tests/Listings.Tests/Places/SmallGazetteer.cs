using Listings.Places;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Listings.Tests.Places;

/// <summary>The service over a gazetteer of some thirty places and the postal codes around them.</summary>
public sealed class SmallGazetteer : IAsyncLifetime
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Places/packages");

    public ServiceFactory<Program, ListingsDb> Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Service = await ServiceFactory<Program, ListingsDb>.Start(configureDatabase: npgsql => npgsql.UseNetTopologySuite());
        await Service.In(db => ImportPlaces.Load(db, Folder, Service.Clock.GetUtcNow(), CancellationToken.None));
    }

    public async Task DisposeAsync() => await Service.DisposeAsync();
}

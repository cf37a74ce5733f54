using Listings.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        await Load(Service);
    }

    /// <summary>Loads it into a service's database, and lets the service hear of it.</summary>
    public static Task<int> Load(ServiceFactory<Program, ListingsDb> service) => service.In(async db =>
    {
        var count = await ImportPlaces.Load(db, Folder, service.Clock.GetUtcNow(), CancellationToken.None);
        await service.Services.GetRequiredService<PlaceIndex>().CatchUp(db, CancellationToken.None);
        return count;
    });

    public async Task DisposeAsync() => await Service.DisposeAsync();
}

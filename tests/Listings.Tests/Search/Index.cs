using Listings.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace Listings.Tests.Search;

/// <summary>What a service does by itself every quarter of a second, done now.</summary>
internal static class Index
{
    public static Task CatchUp(this ServiceFactory<Program, ListingsDb> service) => service.In(async db =>
    {
        await service.Services.GetRequiredService<SearchIndex>().CatchUp(db, CancellationToken.None);
        return 0;
    });

    public static ListingsDb Open(TestDatabase database) =>
        new(new DbContextOptionsBuilder<ListingsDb>().UseNpgsql(database.ConnectionString, npgsql => npgsql.UseNetTopologySuite()).Options);
}

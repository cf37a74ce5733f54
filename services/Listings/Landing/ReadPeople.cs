using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Platform;

namespace Listings.Landing;

/// <summary>Web lists the published profiles for site maps.</summary>
public static class ReadPeople
{
    public sealed record Response(IReadOnlyList<Person> Items);

    /// <param name="ChangedAt">When what the public sees last changed.</param>
    public sealed record Person(Guid Id, string Slug, DateTimeOffset ChangedAt);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/people", Handle);

    /// <param name="after">Only ids that come later; they come in their order.</param>
    /// <param name="limit">1 to 50,000, which is what a site map may hold.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, CancellationToken ct, bool demo = false, Guid? after = null, int limit = 50_000)
    {
        var check = new Check();
        check.Between("limit", limit, 1, 50_000);
        if (check.Failed(out var problem))
            return problem;
        await using var command = new NpgsqlCommand(
            "SELECT practitioner_id, slug, published_at FROM landing_people WHERE practitioner_id > $1 AND ($2 OR NOT invented) ORDER BY practitioner_id LIMIT $3", await db.Connection(ct))
        { Parameters = { new() { Value = after ?? Guid.Empty }, new() { Value = demo }, new() { Value = limit } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var people = new List<Person>();
        while (await reader.ReadAsync(ct))
            people.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));

        return TypedResults.Ok(new Response(people));
    }
}

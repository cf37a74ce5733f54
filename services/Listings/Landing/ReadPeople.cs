using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Platform;

namespace Listings.Landing;

/// <summary>Web lists the published profiles for site maps, and where each map begins.</summary>
public static class ReadPeople
{
    private const int MostInMap = 50_000;

    public record Response(IReadOnlyList<Person> Items);

    /// <param name="ChangedAt">When what the public sees last changed.</param>
    public record Person(Guid Id, string Slug, DateTimeOffset ChangedAt);

    /// <param name="Items">For each map the id that comes before its first.</param>
    public record StartsResponse(IReadOnlyList<Guid> Items);

    public static void Map(IEndpointRouteBuilder landing)
    {
        landing.MapGet("/people", Handle);
        landing.MapGet("/people/starts", HandleStarts);
    }

    /// <param name="after">Only ids that come later; they come in their order.</param>
    /// <param name="limit">1 to 50,000.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, CancellationToken ct, bool demo = false, Guid? after = null, int limit = MostInMap)
    {
        var check = new Check();
        check.Between("limit", limit, 1, MostInMap);
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

    /// <param name="of">How many a map holds, 1 to 50,000.</param>
    public static async Task<Results<Ok<StartsResponse>, ProblemHttpResult>> HandleStarts(
        ListingsDb db, CancellationToken ct, bool demo = false, int of = MostInMap)
    {
        var check = new Check();
        check.Between("of", of, 1, MostInMap);
        if (check.Failed(out var problem))
            return problem;
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(before, '00000000-0000-0000-0000-000000000000')
            FROM (
                SELECT lag(practitioner_id) OVER (ORDER BY practitioner_id) AS before, row_number() OVER (ORDER BY practitioner_id) AS n, practitioner_id
                FROM landing_people WHERE $1 OR NOT invented) people
            WHERE n % $2 = 1 % $2 ORDER BY n
            """, await db.Connection(ct))
        { Parameters = { new() { Value = demo }, new() { Value = of } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var starts = new List<Guid>();
        while (await reader.ReadAsync(ct))
            starts.Add(reader.GetGuid(0));

        return TypedResults.Ok(new StartsResponse(starts));
    }
}

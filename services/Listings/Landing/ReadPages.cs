using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Platform;

namespace Listings.Landing;

/// <summary>Web lists the pages of towns, and of specialties in towns, that are worth having: those with at least three people.</summary>
public static class ReadPages
{
    /// <param name="Items">As in <c>us/co/denver</c> and <c>us/co/denver/pelvic-health</c>.</param>
    public sealed record Response(IReadOnlyList<string> Items, string? NextCursor);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/pages", Handle);

    /// <summary>Whether row <c>c</c> of <c>landing_counts</c> has a page, as an SQL condition: it is a town, or a specialty in a place, and has enough people.</summary>
    /// <param name="demo">The SQL parameter that holds whether invented people count.</param>
    /// <param name="fewest">The one that holds <see cref="LandingCounts.Fewest"/>.</param>
    /// <param name="specialties">The one that holds <see cref="LandingPerson.Specialties"/>.</param>
    internal static string Worthwhile(string demo, string fewest, string specialties) =>
        $"""
        place > '' AND {LandingCounts.People(demo)} >= {fewest}
        AND (topic LIKE {specialties} || '%' OR (topic = '' AND EXISTS (SELECT FROM places p WHERE p.path = c.place AND p.path <> '')))
        """;

    /// <param name="after">The <c>nextCursor</c> of the page before.</param>
    /// <param name="limit">1 to 50,000, which is what a site map may hold.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, CancellationToken ct, bool demo = false, string? after = null, int limit = 50_000)
    {
        var check = new Check();
        check.Between("limit", limit, 1, 50_000);
        if (check.Failed(out var problem))
            return problem;
        var (place, topic) = (after ?? "").Split(' ') is [var first, var second] ? (first, second) : (after ?? "", "");
        await using var command = new NpgsqlCommand(
            $"""
            SELECT place, topic FROM landing_counts c
            WHERE (place, topic) > ($1, $2) AND {Worthwhile("$3", "$4", "$5")}
            ORDER BY place, topic LIMIT $6
            """, await db.Connection(ct))
        {
            Parameters =
            {
                new() { Value = place }, new() { Value = topic }, new() { Value = demo }, new() { Value = LandingCounts.Fewest }, new() { Value = LandingPerson.Specialties },
                new() { Value = limit + 1 },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var pages = new List<(string Place, string Topic)>();
        while (await reader.ReadAsync(ct))
            pages.Add((reader.GetString(0), reader.GetString(1)));

        var next = pages.Count > limit ? $"{pages[limit - 1].Place} {pages[limit - 1].Topic}" : null;
        return TypedResults.Ok(new Response(
            [.. pages.Take(limit).Select(page => page.Topic.Length == 0 ? page.Place : $"{page.Place}/{page.Topic[LandingPerson.Specialties.Length..]}")], next));
    }
}

using Listings.Search;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Places;

/// <summary>Somebody types where they are or would like to go.</summary>
public static class FindPlaces
{
    private const int Longest = 200;

    public sealed record Response(IReadOnlyList<Place> Items);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapGet("/places", Handle)
        .WithName(nameof(FindPlaces))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <param name="q">A name, whole, begun or mistyped, perhaps with region or country after a comma; or a postal code.</param>
    /// <param name="limit">1 to 100.</param>
    public static async Task<Results<Fresh<Response>, ProblemHttpResult>> Handle(
        Gazetteer gazetteer, CancellationToken ct, string? q = null, int limit = 8)
    {
        var check = new Check();
        check.Text("q", q, Longest);
        check.Between("limit", limit, 1, 100);
        if (check.Failed(out var problem))
            return problem;

        return new Fresh<Response>(new(await gazetteer.Suggest(q!, limit, ct)), seconds: 300);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Search;

/// <summary>Anybody reads what clients said of a practitioner. Nobody can say anything yet, so the list is empty.</summary>
public static class ReadReviews
{
    public record Response(IReadOnlyList<Review> Items, string? NextCursor);

    /// <param name="Month">Of the visit, <c>2026-11</c>.</param>
    public record Review(int Rating, string? Text, string Month, string? Response);

    public static void Map(IEndpointRouteBuilder practitioners) => practitioners
        .MapGet("/{slugOrId}/reviews", Handle)
        .WithName(nameof(ReadReviews))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<Fresh<Response>, ProblemHttpResult>> Handle(string slugOrId, ListingsDb db, CancellationToken ct) =>
        await ReadProfile.Find(db, slugOrId, ct) is null ? Problem.NotFound : new Fresh<Response>(new([], null));
}

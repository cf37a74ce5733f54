using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Waitlist;

/// <summary>Whoever waits looks at what they wait for.</summary>
public static class ShowWaitlistEntry
{
    public static void Map(IEndpointRouteBuilder waitlist) => waitlist
        .MapGet("/{id:guid}", Handle)
        .WithName(nameof(ShowWaitlistEntry))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<Ok<WaitlistView>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, SecretBox box, CancellationToken ct) =>
        await db.WaitlistEntryOf(http, tokens, id, ct) is { } entry ? TypedResults.Ok(WaitlistView.Of(entry, box)) : Problems.NotFound;
}

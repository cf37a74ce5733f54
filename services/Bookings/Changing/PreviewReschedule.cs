using Bookings.Reading;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Changing;

/// <summary>What would hold after a visit is moved, before anybody clicks. Whether the time is still free is said when it is asked for.</summary>
public static class PreviewReschedule
{
    /// <param name="ToPay">Nothing: a move never costs a second payment.</param>
    public sealed record Response(DateTimeOffset Start, DateTimeOffset End, Money Price, Money ToPay, PolicyView Policy);

    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapGet("/{id:guid}/reschedule-preview", Handle)
        .WithName(nameof(PreviewReschedule))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, Views views, TimeProvider clock, CancellationToken ct, string? start = null)
    {
        var now = clock.GetUtcNow();
        var booking = await db.ToRead(id, ct);
        if (await Access.PartyOf(http, booking, tokens) is not { } party || booking is null)
            return Problems.NotFound;
        if (!Json.TryQueryInstant(start, out var at))
            return Problem.Validation("start", "An instant with its offset is needed, as in 2026-12-01T09:00:00-07:00.");
        if (!booking.CanMove(now))
            return Problems.NotMovable;

        var policy = party is Party.Practitioner
            ? booking.Policy.AfterPractitionerMoves(at, booking.DueNow, now)
            : booking.Policy.AfterClientMoves(at, booking.DueNow, now);
        return TypedResults.Ok(new Response(
            Views.Local(booking, at), Views.Local(booking, at.AddMinutes(booking.Minutes)), booking.Price, Money.Zero(booking.Currency), views.Policy(booking, policy)));
    }
}

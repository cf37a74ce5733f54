using Bookings.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Desk;

/// <summary>A practitioner says how a visit went: it has taken place, or the client did not come.</summary>
public static class SettleVisit
{
    public static void Map(RouteGroupBuilder mine)
    {
        var own = mine.MapGroup("").RequireRole("practitioner")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPost("/{id:guid}/complete", Complete).WithName("CompleteVisit").Idempotent();
        own.MapPost("/{id:guid}/no-show", NoteNoShow).WithName("NoteNoShow").Idempotent();
    }

    public static Task<Results<Ok<BookingView>, ProblemHttpResult>> Complete(
        Guid id, CurrentPractitioner me, BookingsDb db, Views views, TimeProvider clock, CancellationToken ct) =>
        Settle(id, me, db, views, booking => booking.Complete(Party.Practitioner, clock.GetUtcNow()), "A visit is done once it has begun.", ct);

    public static Task<Results<Ok<BookingView>, ProblemHttpResult>> NoteNoShow(
        Guid id, CurrentPractitioner me, BookingsDb db, Views views, TimeProvider clock, CancellationToken ct) =>
        Settle(id, me, db, views, booking => booking.MissVisit(clock.GetUtcNow()), "This can be said from a quarter of an hour after the start.", ct);

    private static async Task<Results<Ok<BookingView>, ProblemHttpResult>> Settle(
        Guid id, CurrentPractitioner me, BookingsDb db, Views views, Func<Booking, bool> change, string whyNot, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ForChange(id, ct) is not { } booking || booking.PractitionerId != me.Id)
            return Problems.NotFound;
        if (!change(booking))
            return Problems.StateConflict(whyNot);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // What the client entrusted is opened when the book is read, with a line in the audit; not here.
        return TypedResults.Ok(views.For(Party.Practitioner, booking) with { Entrusted = null });
    }
}

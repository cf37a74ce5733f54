using Bookings.Reading;
using Bookings.Requesting;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Desk;

/// <summary>What a practitioner says about a booking of the own book. Somebody else's does not exist for them.</summary>
public static class SettleVisit
{
    public sealed record CancelRequest(string? Reason = null);

    public sealed record Cancelled(BookingStatus Status, Money Refund);

    /// <param name="Reason">Needed when the time is outside the own hours, inside the own notice or beyond the own horizon.</param>
    public sealed record MoveRequest(DateTimeOffset Start, Guid? LocationId = null, string? Reason = null);

    public static void Map(RouteGroupBuilder mine)
    {
        var own = mine.MapGroup("").RequireRole("practitioner")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        own.MapPost("/{id:guid}/cancel", Cancel).WithName("CancelVisit").Idempotent();
        own.MapPost("/{id:guid}/complete", Complete).WithName("CompleteVisit").Idempotent();
        own.MapPost("/{id:guid}/no-show", NoteNoShow).WithName("NoteNoShow").Idempotent();
        own.MapPost("/{id:guid}/reschedule", Move).WithName("RescheduleVisit").Idempotent()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The practitioner cannot come: the client gets everything back.</summary>
    public static async Task<Results<Ok<Cancelled>, ProblemHttpResult>> Cancel(
        Guid id, CurrentUser user, BookingsDb db, SecretBox box, TimeProvider clock, CancellationToken ct, CancelRequest? request = null)
    {
        var check = new Check();
        check.Text("reason", request?.Reason, 1000, lines: true, optional: true);
        if (check.Failed(out var malformed))
            return malformed;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Own(db, user, id, ct) is not { } booking)
            return Problems.NotFound;
        var now = clock.GetUtcNow();
        var refund = booking.RefundIfCancelled(Party.Practitioner, now);
        if (!booking.Cancel(Party.Practitioner, now, Entrusted.SealReason(request?.Reason, box)))
            return Problems.StateConflict("It is over, or has been cancelled already.");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Cancelled(booking.Status, refund));
    }

    /// <summary>The visit has taken place.</summary>
    public static Task<Results<Ok<BookingView>, ProblemHttpResult>> Complete(
        Guid id, CurrentUser user, BookingsDb db, Views views, TimeProvider clock, CancellationToken ct) =>
        Say(id, user, db, views, booking => booking.Complete(Party.Practitioner, clock.GetUtcNow()), "A visit is done once it has begun.", ct);

    /// <summary>The client did not come.</summary>
    public static Task<Results<Ok<BookingView>, ProblemHttpResult>> NoteNoShow(
        Guid id, CurrentUser user, BookingsDb db, Views views, TimeProvider clock, CancellationToken ct) =>
        Say(id, user, db, views, booking => booking.MissVisit(clock.GetUtcNow()), "This can be said from a quarter of an hour after the start.", ct);

    /// <summary>The practitioner moves a visit; a client who cannot come then gets everything back until it begins.</summary>
    public static async Task<Results<Ok<BookingView>, ProblemHttpResult>> Move(
        Guid id, MoveRequest request, CurrentUser user, BookingsDb db, Changing.Moves moves, Views views, SecretBox box, CancellationToken ct)
    {
        var check = new Check();
        check.Text("reason", request.Reason, 1000, lines: true, optional: true);
        if (check.Failed(out var malformed))
            return malformed;

        var booking = await db.ToRead(id, ct);
        if (booking is null || booking.PractitionerId != user.PractitionerId)
            return Problems.NotFound;
        var (moved, refusal) = await moves.Make(booking, Party.Practitioner, request.Start.ToUniversalTime(), request.LocationId, ct, Entrusted.SealOwnReason(request.Reason, box));
        return refusal is not null ? refusal : TypedResults.Ok(views.For(Party.Practitioner, moved!) with { Entrusted = null });
    }

    private static async Task<Results<Ok<BookingView>, ProblemHttpResult>> Say(
        Guid id, CurrentUser user, BookingsDb db, Views views, Func<Booking, bool> change, string whyNot, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Own(db, user, id, ct) is not { } booking)
            return Problems.NotFound;
        if (!change(booking))
            return Problems.StateConflict(whyNot);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        // What the client entrusted is opened when the book is read, with a line in the audit; not here.
        return TypedResults.Ok(views.For(Party.Practitioner, booking) with { Entrusted = null });
    }

    private static async Task<Booking?> Own(BookingsDb db, CurrentUser user, Guid id, CancellationToken ct) =>
        await db.ForChange(id, ct) is { } booking && booking.PractitionerId == user.PractitionerId ? booking : null;
}

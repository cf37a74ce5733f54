using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>Takes a time for a booking until it is paid for, or turns the client's own hold into the booking's. A repeat gets the same answer until the time is given back.</summary>
public static class ClaimForBooking
{
    /// <param name="ClientKey">Stands for the client's e-mail address in the limit of unpaid holds.</param>
    /// <param name="AddressKey">Stands for the network address in the same.</param>
    /// <param name="ByOwner">The practitioner books for a client, by the owner's rules.</param>
    /// <param name="HasReason">The practitioner has given a reason, in case the time is outside their hours, notice or horizon.</param>
    /// <param name="IsFree">It becomes an appointment without a payment.</param>
    public sealed record Request(
        Guid BookingId, Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start, string? HoldToken = null, string? ClientKey = null, string? AddressKey = null,
        bool ByOwner = false, bool HasReason = false, bool IsFree = false);

    /// <param name="ExpiresAt">Until when the time is kept: the end of the hold, or of the visit once it is an appointment.</param>
    public sealed record Response(Guid ClaimId, DateTimeOffset Start, DateTimeOffset End, string TimeZone, DateTimeOffset ExpiresAt)
    {
        public static Response Of(Claim claim) => new(
            claim.Id, Zones.ToLocal(claim.StartsAt, claim.TimeZone), Zones.ToLocal(claim.EndsAt, claim.TimeZone), claim.TimeZone, claim.ExpiresAt ?? claim.EndsAt);
    }

    public static void Map(IEndpointRouteBuilder claims) => claims.MapPost("/", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, AvailabilityDb db, FirstLook look, HoldLimits limits, AvailabilityOptions options, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wanted = new Wanted(request.PractitionerId, request.ServiceId, request.LocationId, request.Start, ByOwner: request.ByOwner, HasReason: request.HasReason);
        // Who brings a hold has the time already, and no crowd to stand in; nor does a practitioner.
        var (hopeless, turn) = request.HoldToken is null && !request.ByOwner ? await look.Queue(wanted, ct, bookingId: request.BookingId) : default;
        if (hopeless is not null)
            return hopeless;

        using var first = turn;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await limits.Queue(request.ClientKey, ct);
        await ReleaseClaim.Queue(db, request.BookingId, ct);
        await db.LockTime(request.PractitionerId, ct);

        var claim = await Claim.Lock(db, request.BookingId, ct);
        if (claim?.HasTime(now) == true)
            return TypedResults.Ok(Response.Of(claim));
        if (claim is not null || await ReleaseClaim.CameFirst(db, request.BookingId, ct) || await KeepHoldWhenPaid.IsCancelled(db, request.BookingId, ct))
            return Problems.HoldExpired;

        if (request.HoldToken is { } token)
        {
            claim = await Claim.Lock(db, token, ct);
            if (claim is null || !claim.HasTime(now))
                return Problems.HoldExpired;
            if (!IsFor(claim, wanted))
                return Problems.NotAnOpening;
        }
        else
        {
            var (free, refusal) = await FreeTime.Find(db, wanted, now, ct);
            if (refusal is not null)
                return refusal;
            await ExpireHolds.EndThose(db, request.PractitionerId, now, ct);
            claim = Claim.Hold(
                request.PractitionerId, request.ServiceId, request.LocationId, free!.TimeZone, free.Opening, free.Busy, now, now + options.HoldLasts);
            db.Add(claim);
        }

        if (await limits.Refuse(request.ClientKey, request.AddressKey, claim.Id, now, ct) is { } tooMany)
            return tooMany;
        if (request.IsFree && await limits.RefuseFree(request.ClientKey, request.AddressKey, now, ct) is { } tooManyFree)
            return tooManyFree;
        claim.BelongsTo(request.BookingId, request.ClientKey, request.AddressKey, now + options.HoldLasts);
        if (await FreeTime.Save(db, transaction, wanted, now, ct, request.PractitionerId) is { } taken)
            return taken;
        return TypedResults.Ok(Response.Of(claim));
    }

    private static bool IsFor(Claim hold, Wanted wanted) =>
        (hold.PractitionerId, hold.ServiceId, hold.LocationId, hold.StartsAt) == (wanted.PractitionerId, wanted.ServiceId, wanted.LocationId, wanted.Start.ToUniversalTime());
}

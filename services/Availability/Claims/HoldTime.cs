using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>Keeps a time for whoever gets the token, while they make up their mind and fill in their details.</summary>
public static class HoldTime
{
    /// <param name="Replaces">Token of one's own hold, which ends in the same step if the new one can be had, and stays if not. It can be given up once.</param>
    public sealed record Request(Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start, string? Replaces = null);

    public sealed record Response(Guid Id, string Token, DateTimeOffset ExpiresAt, DateTimeOffset Start, DateTimeOffset End, Guid LocationId, string TimeZone);

    public static void Map(IEndpointRouteBuilder holds) => holds
        .MapPost("/", Handle)
        .WithName(nameof(HoldTime))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, AvailabilityDb db, FirstLook look, HoldLimits limits, KeyedHash hash, AvailabilityOptions options, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wanted = new Wanted(request.PractitionerId, request.ServiceId, request.LocationId, request.Start);
        // Bookings makes the same key, so that a network's holds and bookings count together.
        var addressKey = hash.Of(http.Network(), "claims by address");
        var replaced = request.Replaces is { } given ? await Claim.Held(db, given, now, ct) : null;
        var (hopeless, turn) = await look.Queue(wanted, ct, replaced?.Id);
        if (hopeless is not null)
            return hopeless;

        using var first = turn;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Both practitioners of a swap, in one order for all, so that two swaps never wait for each other.
        foreach (var id in new[] { request.PractitionerId, replaced?.PractitionerId ?? request.PractitionerId }.Distinct().Order())
            await db.LockTime(id, ct);
        var before = request.Replaces is { } own ? await Claim.Lock(db, own, ct) : null;
        if (before?.WasGivenUp(now) == true)
            return Problems.HoldExpired;
        replaced = before?.HasTime(now) == true ? before : null;
        var (free, refusal) = await FreeTime.Find(db, wanted, now, ct, without: replaced?.Id);
        refusal ??= await limits.Refuse(null, addressKey, replaced?.Id, now, ct);
        if (refusal is not null)
            return refusal;

        await ExpireHolds.EndThose(db, request.PractitionerId, now, ct);
        if (replaced is not null)
        {
            // Saved before the new hold is added: it may want some of the same time.
            replaced.Release();
            await db.SaveChangesAsync(ct);
        }

        var token = HoldToken.New();
        var hold = Claim.Hold(request.PractitionerId, request.ServiceId, request.LocationId, free!.TimeZone, free.Opening, free.Busy, now, now + options.HoldLasts);
        hold.BelongsTo(HoldToken.Hash(token), addressKey);
        db.Add(hold);
        if (await FreeTime.Save(db, transaction, wanted, now, ct, [request.PractitionerId, .. replaced is null ? (Guid[])[] : [replaced.PractitionerId]]) is { } taken)
            return taken;
        return TypedResults.Created((string?)null, new Response(
            hold.Id, token, hold.ExpiresAt!.Value, Zones.ToLocal(hold.StartsAt, hold.TimeZone), Zones.ToLocal(hold.EndsAt, hold.TimeZone), hold.LocationId, hold.TimeZone));
    }
}

using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Waitlist;

/// <summary>Somebody who finds nobody, or no free time, asks to be told once there is.</summary>
public static class JoinWaitlist
{
    /// <param name="Search">The query of <c>GET /api/v1/practitioners</c>; or a practitioner and their service.</param>
    public sealed record Request(string Email, string? Search = null, Guid? PractitionerId = null, Guid? ServiceId = null)
    {
        public Wish ToWish() => new(Search, PractitionerId, ServiceId);

        public Check Check()
        {
            var check = new Check();
            check.Email("email", Email);
            ToWish().Check(check);
            return check;
        }
    }

    /// <param name="ManageToken">For <c>X-Manage-Token</c>: to look at the entry, and to leave.</param>
    public sealed record Response(Guid Id, WaitlistStatus Status, DateTimeOffset Until, string ManageToken, Uri ManageUrl);

    public static void Map(IEndpointRouteBuilder waitlist) => waitlist
        .MapPost("/", Handle)
        .WithName(nameof(JoinWaitlist))
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, BookingsDb db, Wishes wishes, SecretBox box, KeyedHash hash, LinkTokens tokens, BookingOptions options,
        TimeProvider clock, CancellationToken ct, CurrentUser? user = null)
    {
        if (request.Check().Failed(out var malformed))
            return malformed;
        var id = IdempotentRequest.Current(http).ResourceId;
        var entry = await db.Waitlist.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);
        if (entry is null)
        {
            var wish = request.ToWish().ToKeep();
            var (canBeHad, refusal) = await wishes.Look(wish, ct);
            if (refusal is not null)
                return refusal;
            if (canBeHad)
                return Problems.NoNeedToWait;

            var now = clock.GetUtcNow();
            entry = new WaitlistEntry
            {
                Id = id,
                AccountId = user?.Id,
                Email = request.Email.ToLowerInvariant(),
                Network = hash.Of(http.Network(), "waitlist by address"),
                Wish = wish.Seal(box),
                JoinedAt = now,
                Until = now + WaitlistEntry.Life,
                LookedAt = now,
            };
            if (!await Store(db, entry, ct))
                return Problems.TooManyWaiting;
        }
        var token = tokens.ToWaitlist(id);
        return TypedResults.Created($"/api/v1/waitlist/{id}", new Response(id, entry.Status, entry.Until, token, options.WaitlistLink(id, token)));
    }

    /// <summary>False when too many wait already for this address, or from this network; two at one time are counted one after the other.</summary>
    private static async Task<bool> Store(BookingsDb db, WaitlistEntry entry, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({entry.Email}, 0))", ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({entry.Network}, 1))", ct);
        var waiting = db.Waitlist.Where(e => e.AnsweredAt == null);
        if (await waiting.CountAsync(e => e.Email == entry.Email, ct) >= WaitlistEntry.MostByEmail
            || await waiting.CountAsync(e => e.Network == entry.Network, ct) >= WaitlistEntry.MostByNetwork)
        {
            return false;
        }
        db.Add(entry);
        db.Publish(new WaitlistJoined(entry.Id, entry.JoinedAt), entry.JoinedAt);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}

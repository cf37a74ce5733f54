using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Oneself;

/// <summary>A person leaves: account, sessions and codes go at once, and every other service hears of it, without the address.</summary>
public static class EraseMe
{
    public static void Map(IEndpointRouteBuilder me) => me
        .MapDelete("/", Handle)
        .WithName(nameof(EraseMe))
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        CurrentUser user, AccountsDb db, BookingsClient bookings, AccountOptions options, TimeProvider clock, CancellationToken ct)
    {
        // Asked before the lock, so that no call is made inside a transaction; somebody who is already gone has no bookings to attach.
        if (await db.Accounts.Where(a => a.Id == user.Id).Select(a => a.Email).SingleOrDefaultAsync(ct) is { } email)
            await bookings.AttachGuestBookings(user.Id, email, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = (await db.Accounts.FromSql($"SELECT * FROM accounts WHERE id = {user.Id} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();
        if (account is null)
            return Problem.Unauthenticated;

        var now = clock.GetUtcNow();
        await db.Registrations.Where(r => r.NormalizedEmail == account.NormalizedEmail).ExecuteDeleteAsync(ct);
        db.Remove(account);
        db.Publish(new AccountErased(account.Id, account.PractitionerId, now), now);
        // Another tab may have a token that is good for a while, and bring something back. Once the last one is over, all of it is forgotten again.
        var tokensEndAt = now.AddMinutes(options.AccessTokenMinutes);
        db.Publish(new AccountErased(account.Id, account.PractitionerId, tokensEndAt), now, dueAt: tokensEndAt);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}

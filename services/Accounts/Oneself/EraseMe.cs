using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Oneself;

/// <summary>A person leaves: account, sessions and codes go at once, and every other service hears of it.</summary>
public static class EraseMe
{
    public static void Map(IEndpointRouteBuilder me) => me.MapDelete("/", Handle).WithName(nameof(EraseMe));

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(CurrentUser user, AccountsDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var account = (await db.Accounts.FromSql($"SELECT * FROM accounts WHERE id = {user.Id} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();
        if (account is null)
            return Problem.Unauthenticated;

        var now = clock.GetUtcNow();
        await db.Registrations.Where(r => r.NormalizedEmail == account.NormalizedEmail).ExecuteDeleteAsync(ct);
        db.Remove(account);
        db.Publish(new AccountErased(account.Id, account.PractitionerId, now), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}

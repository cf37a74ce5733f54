using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.SigningIn;

/// <summary>Somebody follows the link in our mail and chooses a new password; every device is signed out.</summary>
public static class ResetPassword
{
    /// <param name="Email">May be left out: the code alone says whose it is.</param>
    public sealed record Request(string Code, string Password, string? Email = null);

    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/reset", Handle)
        .WithName(nameof(ResetPassword))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, AccountsDb db, UserManager<Account> people, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var codeHash = SecretCodes.Hash(request.Code);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var reset = (await db.PasswordResets.FromSql($"""
            SELECT * FROM password_resets WHERE code_hash = {codeHash} AND expires_at > {now} FOR UPDATE
            """).ToListAsync(ct)).SingleOrDefault();
        var account = reset is null ? null : await db.Accounts.FindAsync([reset.AccountId], ct);
        if (account is null || (request.Email is not null && people.NormalizeEmail(request.Email) != account.NormalizedEmail))
            return Problems.CodeOver;
        // After the code was found good: a password that is refused must not cost the link.
        if (Passwords.Refusal(request.Password, account.Email) is { } refusal)
            return Problem.Validation("password", refusal);

        account.PasswordHash = people.PasswordHasher.HashPassword(account, request.Password);
        var changed = await people.UpdateSecurityStampAsync(account);
        if (!changed.Succeeded)
            return Problems.CodeOver;
        await db.PasswordResets.Where(r => r.AccountId == account.Id).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.AccountId == account.Id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}

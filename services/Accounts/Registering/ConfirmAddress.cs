using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;

namespace Accounts.Registering;

/// <summary>Somebody follows the link in our mail: the address is theirs, and the account is made.</summary>
public static class ConfirmAddress
{
    /// <param name="Email">May be left out: the code alone says who it is for, and a link without the address keeps it out of histories.</param>
    public record Request(string Code, string? Email = null);

    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/confirm", Handle)
        .WithName(nameof(ConfirmAddress))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, AccountsDb db, UserManager<Account> people, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var codeHash = SecretCodes.Hash(request.Code);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The row's lock makes a second click at the same moment wait, and then find nothing.
        var registration = (await db.Registrations.FromSql($"""
            SELECT * FROM registrations WHERE code_hash = {codeHash} AND expires_at > {now} FOR UPDATE
            """).ToListAsync(ct)).SingleOrDefault();
        if (registration is null || (request.Email is not null && people.NormalizeEmail(request.Email) != registration.NormalizedEmail))
            return Problems.CodeOver;

        var account = Account.Open(registration.AccountId, registration.Email, registration.Name, registration.Role, now);
        account.PasswordHash = registration.PasswordHash;
        db.Publish(new AccountRegistered(account.Id, account.PractitionerId, now), now);
        try
        {
            var made = await people.CreateAsync(account);
            if (!made.Succeeded)
                return Problems.CodeOver;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Another registration of the same address was confirmed at the same moment.
            return Problems.CodeOver;
        }

        await db.Registrations.Where(r => r.NormalizedEmail == registration.NormalizedEmail).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}

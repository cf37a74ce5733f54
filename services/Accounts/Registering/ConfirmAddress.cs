using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.Registering;

/// <summary>Somebody follows the link in our mail: the address is theirs, and the account is made.</summary>
public static class ConfirmAddress
{
    /// <param name="Email">May be left out: the code alone says who it is for, and a link without the address keeps it out of histories.</param>
    /// <param name="Password">
    /// Where given, it has to be the one that was registered. Our page always asks for it: else whoever presses the link in a mail that they never
    /// asked for would open an account for the stranger who did.
    /// </param>
    public sealed record Request(string Code, string? Email = null, string? Password = null);

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
        // All requests for the address, in one order: a second click at the same moment waits here, and then finds nothing.
        var registrations = await db.Registrations.FromSql($"""
            SELECT * FROM registrations
            WHERE normalized_email = (SELECT normalized_email FROM registrations WHERE code_hash = {codeHash} AND expires_at > {now})
            ORDER BY id FOR UPDATE
            """).ToListAsync(ct);
        var registration = registrations.SingleOrDefault(r => r.CodeHash is not null && r.CodeHash.SequenceEqual(codeHash));
        if (registration is null || (request.Email is not null && people.NormalizeEmail(request.Email) != registration.NormalizedEmail))
            return Problems.CodeOver;
        if (request.Password is { } password && !Fits(people, registration, password))
            return Problems.NotTheRegisteredPassword;

        var account = Account.Open(registration.AccountId, registration.Email, registration.Name, registration.Role, now);
        account.PasswordHash = registration.PasswordHash;
        db.Publish(new AccountRegistered(account.Id, account.PractitionerId, now), now);
        db.RemoveRange(registrations);
        // Saves the fact and the end of the requests along with the account.
        var made = await people.CreateAsync(account);
        if (!made.Succeeded)
            return Problems.CodeOver;

        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }

    private static bool Fits(UserManager<Account> people, Registration registration, string password) =>
        password.Length <= Passwords.Longest
        && people.PasswordHasher.VerifyHashedPassword(null!, registration.PasswordHash, password) != PasswordVerificationResult.Failed;
}

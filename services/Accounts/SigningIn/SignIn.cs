using Accounts.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Accounts.SigningIn;

/// <summary>
/// Somebody signs in. Whoever fails hears the same, after the same work, whether the address is unknown, unproven or the password wrong.
/// </summary>
public static class SignIn
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public sealed record Request(string Email, string Password, string? TwoFactorCode = null);

    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/login", Handle)
        .WithName(nameof(SignIn))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    public static async Task<Results<Ok<SessionTokens.Answer>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, AccountsDb db, UserManager<Account> people, Passwords passwords, SessionTokens tokens,
        AttemptLimits limits, KeyedHash hash, AccountOptions options, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        check.Text("email", request.Email, 254);
        check.That("password", request.Password.Length is > 0 and <= Passwords.Longest, "This is missing, or too long.");
        if (check.Failed(out var problem))
            return problem;

        var now = clock.GetUtcNow();
        var address = people.NormalizeEmail(request.Email);
        var network = hash.Of(http.Network(), "session-network");
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.NormalizedEmail == address, ct);
        var accountId = account?.Id ?? Guid.Empty;
        var isHome = await db.Sessions.AnyAsync(s => s.AccountId == accountId && s.NetworkHash == network, ct);

        var counted = Limits(address, http.Network(), isHome, options);
        if (await limits.Try(http, counted, ct) is { } tooMany)
            return tooMany;
        var fits = account is null ? passwords.FitsNobody(request.Password) : await people.CheckPasswordAsync(account, request.Password);
        if (!fits || account is null)
            return Problems.WrongSignIn;
        if (account.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(request.TwoFactorCode))
            {
                await limits.GiveBack(counted, ct);
                return Problems.TwoFactorNeeded;
            }

            if (!await people.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, request.TwoFactorCode.Trim()))
                return Problems.TwoFactorNeeded;
        }

        await limits.GiveBack(counted, ct);
        var session = Session.Start(account.Id, network, now);
        db.Add(session);
        var answer = tokens.Issue(account, session, now);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(answer);
    }

    // Guesses from networks where the owner never signed in are also counted together, against many machines at once. The owner's own
    // networks are not held up by that count, so nobody can be locked out of home by strangers.
    private static List<AttemptLimit> Limits(string address, string network, bool isHome, AccountOptions options)
    {
        List<AttemptLimit> limits =
        [
            new("sign-in-network", network, options.MaxSignInFailuresPerNetwork, Window),
            new("sign-in", $"{address}\n{network}", options.MaxSignInFailures, Window),
        ];
        if (!isHome)
            limits.Add(new("sign-in-strangers", address, options.MaxSignInFailuresFromStrangers, Window));
        return limits;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Accounts;

/// <summary>What Accounts refuses, and how it says so.</summary>
public static class Problems
{
    /// <summary>The same whatever was wrong: it must not tell who has an account.</summary>
    public static ProblemHttpResult WrongSignIn { get; } = Problem.Of(
        401, "unauthenticated", "This email address and password do not match",
        "If you have just registered, please follow the link in our email first.");

    /// <summary>Said only to somebody who knew the password.</summary>
    public static ProblemHttpResult TwoFactorNeeded { get; } = Problem.Of(
        401, "unauthenticated", "Please enter the code from your authenticator app", extensions: [new("twoFactorRequired", true)]);

    public static ProblemHttpResult SessionOver { get; } = Problem.Of(401, "unauthenticated", "Please sign in again");

    public static ProblemHttpResult CodeOver { get; } = Problem.Validation("code", "This link has already been used, or has expired. Please ask for a new one.");

    /// <summary>The code is good, and stays so.</summary>
    public static ProblemHttpResult NotTheRegisteredPassword { get; } =
        Problem.Validation("password", "This is not the password that was chosen when this account was asked for.");

    public static ProblemHttpResult TooManyRequests(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problem.Of(429, "too-many-requests", "Too many attempts", "Please wait a little, then try again.");
    }
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts;

/// <summary>What a password must be, and how it is kept: PBKDF2-SHA-512, and with more rounds at the next sign-in once the setting asks for them.</summary>
public sealed class Passwords : IPasswordHasher<Account>
{
    public const int Shortest = 10;
    public const int Longest = 256;

    private static readonly HashSet<string> Common = ReadCommon();

    private readonly PasswordHasher<Account> hasher;
    private readonly string nobodys;

    public Passwords(AccountOptions options)
    {
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordRounds }));
        nobodys = hasher.HashPassword(null!, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    /// <summary>Why this cannot be a password, for the person who chose it; null when it can.</summary>
    public static string? Refusal(string? password, string? email)
    {
        if (password is null || password.Length < Shortest)
            return $"At least {Shortest} characters, please. A few words in a row are easy to remember.";
        if (password.Length > Longest)
            return $"At most {Longest} characters, please.";
        var plain = password.ToLowerInvariant();
        if (Common.Contains(plain) || plain.Distinct().Count() < 4 || IsRun(plain))
            return "Too many people use this password. Please choose another.";
        if (email is not null && (email.Equals(password, StringComparison.OrdinalIgnoreCase) || email.Split('@')[0].Equals(password, StringComparison.OrdinalIgnoreCase)))
            return "Please choose something other than your address.";
        return null;
    }

    public string HashPassword(Account user, string password) => hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);

    /// <summary>Takes as long as looking at somebody's password, and is never right.</summary>
    public bool FitsNobody(string password)
    {
        hasher.VerifyHashedPassword(null!, nobodys, password);
        return false;
    }

    // abcdefghij, 9876543210 and the like: each character follows the one before.
    private static bool IsRun(string text)
    {
        var step = text[1] - text[0];
        return step is 1 or -1 && !text.Zip(text.Skip(1), (a, b) => b - a).Any(d => d != step);
    }

    private static HashSet<string> ReadCommon()
    {
        using var list = typeof(Passwords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var lines = new StreamReader(list);
        return [.. lines.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith('#'))];
    }
}

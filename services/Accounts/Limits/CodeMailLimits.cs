using Platform;

namespace Accounts.Limits;

/// <summary>How many mails with codes strangers can make us send, to one address and from one network.</summary>
public static class CodeMailLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <param name="address">Normalized; whether anybody has it makes no difference.</param>
    public static IReadOnlyList<AttemptLimit> For(string what, string address, HttpContext http, AccountOptions options) =>
    [
        new($"{what}-network", http.Network(), options.MaxCodeMailsPerNetwork, Window),
        new($"{what}-address", address, options.MaxCodeMailsPerAddress, Window),
    ];
}

using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Availability;

/// <summary>Addresses at which calendars may be fetched: https, no sign-in in them, on the usual port or one that anybody may open.</summary>
public static class CalendarAddress
{
    private const int Longest = 2000;
    private const int FirstUnprivilegedPort = 1024;

    /// <summary>Reads what somebody has pasted; <c>webcal:</c> is another name for https.</summary>
    /// <param name="anywhere">Any server, port and plain http too, as on a developer's machine.</param>
    public static bool TryRead(string? text, bool anywhere, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        text = text?.Trim() ?? "";
        foreach (var scheme in (string[])["webcal://", "webcals://"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                text = $"https://{text[scheme.Length..]}";
        }

        return text.Length <= Longest && !text.Any(char.IsControl) && Uri.TryCreate(text, UriKind.Absolute, out address) && IsAllowed(address, anywhere);
    }

    /// <summary>The same for where a server leads on to. What a name stands for is not looked at here, but when connecting.</summary>
    public static bool IsAllowed(Uri address, bool anywhere) =>
        address.IsAbsoluteUri && address.UserInfo.Length == 0 && address.Host.Length > 0
        && (anywhere
            ? address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp
            : address.Scheme == Uri.UriSchemeHttps
                && (address.Port == 443 || address.Port >= FirstUnprivilegedPort)
                && (!IPAddress.TryParse(address.DnsSafeHost, out var ip) || PublicAddress.Is(ip)));
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime;
using NodaTime.Text;

namespace Platform;

/// <summary>Collects what is wrong with a request, by field, so that a person hears it all at once.</summary>
public sealed class Check
{
    private readonly SortedDictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>Notes <paramref name="message"/> at <paramref name="path"/> (camelCase JSON path) unless <paramref name="holds"/>.</summary>
    public bool That(string path, bool holds, string message)
    {
        if (!holds)
            errors[path] = errors.TryGetValue(path, out var known) ? [.. known, message] : [message];
        return holds;
    }

    /// <summary>Some text without control characters (line breaks only where <paramref name="lines"/>), no longer than <paramref name="max"/> UTF-16 units.</summary>
    public bool Text(string path, string? value, int max, bool lines = false, bool optional = false)
    {
        if (string.IsNullOrWhiteSpace(value))
            return That(path, optional, "This is missing.");
        return That(path, value.Length <= max, $"At most {max} characters, please.")
            & That(path, !value.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')) && IsWellFormed(value), "This holds characters that cannot be read.");
    }

    /// <summary>One e-mail address without a display name, at most 254 characters, that we can write to.</summary>
    public bool Email(string path, string? value) => That(path, EmailAddress.IsOnTheInternet(value), "This is not an e-mail address.");

    /// <summary>An ISO date of the years 2000 to 2200, as in <c>2026-12-01</c>; null when <paramref name="value"/> is not one, which is noted.</summary>
    public LocalDate? Date(string path, string? value)
    {
        var isDate = LocalDatePattern.Iso.Parse(value ?? "").TryGetValue(default, out var date) && date.Year is >= 2000 and <= 2200;
        return That(path, isDate, "A date is needed, as in 2026-12-01.") ? date : null;
    }

    /// <summary>An IANA zone that the product knows.</summary>
    public bool Zone(string path, string? value) => That(path, Zones.Find(value) is not null, "This is not a time zone we know.");

    /// <summary>A whole number within bounds, both included.</summary>
    public bool Between(string path, long value, long least, long most) =>
        That(path, value >= least && value <= most, $"Between {least} and {most}, please.");

    /// <summary>No nulls in it, and at most <paramref name="most"/> items. What each item holds is for the caller to check, once this is true.</summary>
    public bool Each<T>(string path, IReadOnlyList<T> items, int most)
    {
        var whole = That(path, items.Count <= most, $"At most {most}, please.");
        for (var i = 0; whole && i < items.Count; i++)
            whole &= That($"{path}[{i}]", items[i] is not null, "This may not be null.");
        return whole;
    }

    /// <summary>Whether anything was wrong; then <paramref name="problem"/> says all of it.</summary>
    public bool Failed([NotNullWhen(true)] out ProblemHttpResult? problem)
    {
        problem = errors.Count == 0 ? null : Problem.Validation(errors);
        return problem is not null;
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (char.IsSurrogate(value[i]))
                return false;
        }
        return true;
    }
}

/// <summary>Mail addresses as this product takes them: what somebody may give is what a mail can be sent to.</summary>
public static class EmailAddress
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>
    /// The address as SMTP needs it, ASCII with an international domain in its punycode form; null for whatever could end a header or an SMTP
    /// command early: only dot-atoms before the @ and host names after it. Addresses that need SMTPUTF8 are refused too, because most relays would
    /// bounce them.
    /// </summary>
    public static string? ForSmtp(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Length > 254)
            return null;
        var at = address.LastIndexOf('@');
        return at > 0 && IsDotAtom(address[..at]) && Host(address[(at + 1)..]) is { } host ? $"{address[..at]}@{host}" : null;
    }

    /// <summary>Whether it is one that a person may give: on the internet, so with a dot in its host name, and written as SMTP needs it.</summary>
    public static bool IsOnTheInternet(string? address) =>
        address is not null && ForSmtp(address) == address && address.LastIndexOf('.') > address.LastIndexOf('@');

    private static bool IsDotAtom(string local) =>
        local.Length <= 64
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || AtomSymbols.Contains(c)));

    private static string? Host(string domain)
    {
        string host;
        try
        {
            host = Ascii.IsValid(domain) ? domain : new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // Not a name that the domain system could hold.
            return null;
        }

        var isName = host.Length is > 0 and <= 253 && host.Split('.').All(label =>
            label.Length is > 0 and <= 63
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && !label.StartsWith('-') && !label.EndsWith('-'));
        return isName ? host : null;
    }
}

/// <summary>Refuses a query parameter that is given twice where the route reads one value: guessing which was meant helps nobody.</summary>
internal sealed class Queries(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Query.Count > 0 && http.GetEndpoint() is { } endpoint)
        {
            var single = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Where(p => !p.ParameterInfo.ParameterType.IsArray);
            foreach (var (name, values) in http.Request.Query)
            {
                if (values.Count > 1 && single.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                    return Problem.Validation(name, "This may be given once only.").ExecuteAsync(http);
            }
        }
        return next(http);
    }
}

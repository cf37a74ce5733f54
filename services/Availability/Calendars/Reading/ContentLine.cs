using System.Collections.Frozen;
using System.Text;

namespace Availability;

/// <summary>
/// One property of a calendar (RFC 5545 section 3.1). Only properties that say when something is are read; titles, descriptions and people are passed
/// over before they become strings.
/// </summary>
/// <param name="Name">In upper case.</param>
/// <param name="Parameters">As written, between the name and the value.</param>
internal sealed record ContentLine(string Name, string Parameters, string Value)
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Understood = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "BEGIN", "END", "UID", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
        "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "FREEBUSY", "TZID", "TZOFFSETFROM", "TZOFFSETTO")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The properties of a text that are understood, in its order.</summary>
    /// <exception cref="CalendarFormatException">One of them has no value, or a line is too long.</exception>
    public static IEnumerable<ContentLine> Read(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (Parse(Unfold(text, ref at)) is { } line)
                yield return line;
        }
    }

    /// <summary>The value of a parameter without its quotes, or null. Names of parameters have no case.</summary>
    public string? Parameter(string name)
    {
        for (var rest = Parameters.AsSpan(); rest.Length > 0;)
        {
            var end = EndAt(rest, ';');
            var parameter = rest[..end];
            var equals = parameter.IndexOf('=');
            if (equals > 0 && parameter[..equals].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return parameter[(equals + 1)..].Trim().Trim('"').ToString();
            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return null;
    }

    public bool Says(string value) => Value.AsSpan().Trim().Equals(value, StringComparison.OrdinalIgnoreCase);

    private static ContentLine? Parse(ReadOnlySpan<char> line)
    {
        line = line.TrimStart('\uFEFF');
        var nameEnd = line.IndexOfAny(':', ';');
        if (nameEnd < 0 || !Understood.TryGetValue(line[..nameEnd].Trim(), out var name))
            return null;
        var colon = EndAt(line, ':');
        if (colon == line.Length)
            throw new CalendarFormatException("The calendar has a line that is broken off before its value.");
        return new ContentLine(name, line[nameEnd..colon].TrimStart(';').ToString(), line[(colon + 1)..].Trim().ToString());
    }

    /// <summary>One line with those that continue it: they begin with a space or a tab, which does not belong to the text.</summary>
    private static ReadOnlySpan<char> Unfold(string text, ref int at)
    {
        var line = Take(text, ref at);
        if (at < text.Length && text[at] is ' ' or '\t')
        {
            var whole = new StringBuilder().Append(line);
            while (at < text.Length && text[at] is ' ' or '\t' && whole.Length <= CalendarLimits.Line)
                whole.Append(Take(text, ref at)[1..]);
            line = whole.ToString();
        }

        return line.Length <= CalendarLimits.Line ? line : throw new CalendarFormatException("The calendar has a line that is too long.");
    }

    /// <summary>Up to the end of a line, however it is written; empty lines after it are passed over.</summary>
    private static ReadOnlySpan<char> Take(string text, ref int at)
    {
        var begin = at;
        var length = text.AsSpan(begin).IndexOfAny('\r', '\n');
        at = length < 0 ? text.Length : begin + length;
        var end = at;
        while (at < text.Length && text[at] is '\r' or '\n')
            at++;
        return text.AsSpan(begin, end - begin);
    }

    /// <summary>Where <paramref name="mark"/> stands for the first time outside of quotes, or the length.</summary>
    private static int EndAt(ReadOnlySpan<char> text, char mark)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                quoted = !quoted;
            else if (text[i] == mark && !quoted)
                return i;
        }

        return text.Length;
    }
}

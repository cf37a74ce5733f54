namespace Notifications.Tests;

/// <summary>Reads an iCalendar object by the letter of RFC 5545, without the writer's help.</summary>
internal static class CalendarReader
{
    public static Dictionary<string, string> Event(string calendar)
    {
        foreach (var line in calendar.Split("\r\n"))
        {
            if (System.Text.Encoding.UTF8.GetByteCount(line) > 75 || line.Contains('\n', StringComparison.Ordinal))
                throw new FormatException($"Not a content line: {line}");
        }

        var lines = calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        if (lines[0] != "BEGIN:VCALENDAR" || lines[^1].Length != 0 || lines[^2] != "END:VCALENDAR")
            throw new FormatException("Not a calendar.");
        // Names with their parameters, up to the first colon that is not in quotes.
        return lines[..^1].Select(Split).GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.First().Value);
    }

    private static (string Name, string Value) Split(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ':' && !quoted)
                return (line[..i].Split(';')[0], line[(i + 1)..]);
        }

        throw new FormatException($"Not a content line: {line}");
    }
}

using System.Globalization;
using Platform;

namespace Availability;

/// <summary>A stretch as a practitioner writes it: local date-times of the location, as in <c>2026-12-24T09:00</c>.</summary>
public sealed record DatedHoursRequest(string From, string To, Guid? LocationId = null, string? Note = null)
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The two edges; where one cannot be read, <paramref name="check"/> says so and the edges mean nothing.</summary>
    public (DateTime From, DateTime To) Edges(Check check, TimeSpan most)
    {
        var from = Edge(check, "from", From);
        var to = Edge(check, "to", To);
        if (from is { } begin && to is { } end)
        {
            check.That("to", end > begin, "This is not after from.");
            check.That("to", end - begin <= most, $"At most {most.TotalDays:0} days at a time, please.");
        }

        check.Text("note", Note, 200, optional: true);
        return (from ?? default, to ?? default);
    }

    internal static string Shown(DateTime local) => local.ToString(Formats[0], CultureInfo.InvariantCulture);

    private static DateTime? Edge(Check check, string path, string text)
    {
        var fine = DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and <= 2200;
        check.That(path, fine, "A local date and time is needed, as in 2026-12-24T09:00.");
        return fine ? local : null;
    }
}

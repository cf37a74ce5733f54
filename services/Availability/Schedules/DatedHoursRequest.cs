using System.Globalization;
using Platform;

namespace Availability;

/// <summary>A stretch as a practitioner writes it: local date-times of the location, as in <c>2026-12-24T09:00</c>.</summary>
public record DatedHoursRequest(string From, string To, Guid? LocationId = null, string? Note = null)
{
    private const string Day = "yyyy-MM-dd";
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>The two edges; where one cannot be read, <paramref name="check"/> says so and the edges mean nothing.</summary>
    public (DateTime From, DateTime To) Edges(Check check, TimeSpan most)
    {
        check.Text("note", Note, 200, optional: true);
        var from = Edge(check, "from", From);
        var to = Edge(check, "to", To);
        if (from is { } begin && to is { } end)
        {
            check.That("to", end > begin, "The end must be after the start.");
            check.That("to", end - begin <= most, $"At most {most.TotalDays:0} days at a time, please.");
        }

        return (from ?? default, to ?? default);
    }

    /// <summary>The same for whole days, the last included: <c>2026-12-24</c> to <c>2026-12-26</c> are three. Null where it is not written so.</summary>
    protected (DateTime From, DateTime To)? WholeDays() =>
        TryDay(From, out var first) && TryDay(To, out var last) && first <= last ? (first, last.AddDays(1)) : null;

    internal static string Shown(DateTime local) => local.ToString(Formats[0], CultureInfo.InvariantCulture);

    private static bool TryDay(string text, out DateTime day) =>
        DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 2000 and <= 2200;

    private static DateTime? Edge(Check check, string path, string text)
    {
        var fine = DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 2000 and <= 2200;
        check.That(path, fine, "A local date and time is needed, as in 2026-12-24T09:00.");
        return fine ? local : null;
    }
}

/// <summary>Time off as a practitioner writes it.</summary>
/// <param name="AllDay">Whole days, written as dates, as in <c>2026-12-24</c>, of which the last is included; or as date-times at midnight.</param>
/// <param name="EveryYear">It comes back on the same days of every year.</param>
public sealed record TimeOffRequest(string From, string To, Guid? LocationId = null, string? Note = null, bool? AllDay = null, bool EveryYear = false)
    : DatedHoursRequest(From, To, LocationId, Note)
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(732), LessThanAYear = TimeSpan.FromDays(364);

    public (DateTime From, DateTime To) Edges(Check check)
    {
        var most = EveryYear ? LessThanAYear : Most;
        if (AllDay is not false && WholeDays() is { } days)
        {
            check.Text("note", Note, 200, optional: true);
            check.That("to", days.To - days.From <= most, $"At most {most.TotalDays:0} days at a time, please.");
            return days;
        }

        var (from, to) = Edges(check, most);
        check.That("allDay", AllDay is not true || (from.TimeOfDay == TimeSpan.Zero && to.TimeOfDay == TimeSpan.Zero), "Whole days are written as dates, as in 2026-12-24.");
        return (from, to);
    }
}

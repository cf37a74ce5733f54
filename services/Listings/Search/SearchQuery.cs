using System.Globalization;
using Platform;

namespace Listings.Search;

/// <summary>Reads the parameters of a search that need more than a comparison.</summary>
internal static class SearchQuery
{
    private const int MostDays = 31;
    private const int FurthestDays = 62;

    private static readonly string[] Parts = ["morning", "afternoon", "evening"];
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>Each once and in order; none when empty.</summary>
    public static string[] Codes(Check check, string path, string[]? given, Func<string, bool> known, int most)
    {
        string[] codes = [.. (given ?? []).Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        check.That(path, codes.Length <= most, $"At most {most}, please.");
        check.That(path, codes.All(known), path == "level" ? "This is not a level we know." : "One of these is not a code we know.");
        return codes;
    }

    /// <summary><c>west,south,east,north</c> in degrees.</summary>
    public static Bounds? Bounds(Check check, string text)
    {
        var parts = text.Length > 200 ? [] : text.Split(',');
        var degrees = new double[4];
        var read = parts.Length == 4 && parts.Index().All(p => double.TryParse(p.Item, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees[p.Index]) && double.IsFinite(degrees[p.Index]));
        if (!check.That("bbox", read, "Four numbers are needed: west,south,east,north."))
            return null;
        var (west, south, east, north) = (degrees[0], degrees[1], degrees[2], degrees[3]);
        var makesSense = check.That("bbox", Math.Abs(west) <= 180 && Math.Abs(east) <= 180, "West and east lie between -180 and 180.")
            & check.That("bbox", Math.Abs(south) <= 90 && Math.Abs(north) <= 90 && south <= north, "South and north lie between -90 and 90, the south first.");
        return makesSense ? new(west, south, east, north) : null;
    }

    /// <summary>Null when no free time is asked for.</summary>
    public static SearchWindow? Window(Check check, SearchPractitioners.Query query, DateOnly today)
    {
        var parts = Bits(check, "timeOfDay", query.TimeOfDay, Parts);
        var weekdays = Bits(check, "weekday", query.Weekday, Weekdays);
        var from = Date(check, "availableFrom", query.AvailableFrom);
        var to = Date(check, "availableTo", query.AvailableTo);
        var within = query.AvailableWithinDays;
        check.That("availableWithinDays", within is null or (>= 1 and <= MostDays), $"Between 1 and {MostDays}, please.");
        check.That("availableWithinDays", within is null || (from is null && to is null), "Give dates or a number of days, not both.");
        // Unless it is said from when on, it may end today wherever the visit is: in the west that can be yesterday.
        if (to is not null && check.That("availableTo", (from ?? today.AddDays(-1)) <= to, "This ends before it begins."))
            check.That("availableTo", to.Value.DayNumber - (from ?? today).DayNumber < MostDays, $"At most {MostDays} days, please.");
        var last = to ?? (from is null || from.Value.DayNumber > DateOnly.MaxValue.DayNumber - MostDays ? from : from.Value.AddDays(MostDays - 1));
        check.That(to is null ? "availableFrom" : "availableTo", last is null || last.Value.DayNumber - today.DayNumber <= FurthestDays, $"Free times are known {FurthestDays} days ahead; please look nearer.");
        if (from is null && to is null && within is null && parts == 0 && weekdays == 0)
            return null;

        return new(
            from is null ? null : from.Value.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber, to is null ? null : to.Value.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
            within ?? MostDays - 1, parts == 0 ? SearchWindow.AllParts : parts, weekdays == 0 ? SearchWindow.AllWeekdays : weekdays);
    }

    /// <summary>What to sort by; unless said by distance where there is one, else by relevance to words, else by the soonest free time.</summary>
    public static SearchOrder Order(Check check, string? sort, bool hasPoint, bool hasWords)
    {
        var order = sort switch
        {
            null or "" => hasPoint ? SearchOrder.Distance : hasWords ? SearchOrder.Relevance : SearchOrder.Soonest,
            "distance" => SearchOrder.Distance,
            "soonest" => SearchOrder.Soonest,
            "price" => SearchOrder.Price,
            "rating" => SearchOrder.Rating,
            "relevance" => SearchOrder.Relevance,
            _ => (SearchOrder?)null,
        };
        check.That("sort", order is not null, "Sort by distance, soonest, price, rating or relevance.");
        check.That("sort", order != SearchOrder.Distance || hasPoint, "Sorting by distance needs a place.");
        check.That("sort", order != SearchOrder.Relevance || hasWords, "Sorting by relevance needs words.");
        return order ?? SearchOrder.Soonest;
    }

    private static DateOnly? Date(Check check, string path, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        return check.That(path, read, "A date is needed, as in 2026-12-01.") ? date : null;
    }

    private static int Bits(Check check, string path, string[]? given, string[] known) =>
        Codes(check, path, given, known.Contains, known.Length).Aggregate(0, (bits, code) => bits | (1 << Math.Max(0, Array.IndexOf(known, code))));
}

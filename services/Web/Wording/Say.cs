using System.Globalization;
using Web.Peers;

namespace Web.Wording;

/// <summary>Times, money and distances as a kind receptionist says them.</summary>
public static class Say
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["USD"] = "$",
        ["GBP"] = "£",
        ["EUR"] = "€",
        ["CAD"] = "CA$",
        ["AUD"] = "A$",
        ["NZD"] = "NZ$",
        ["JPY"] = "¥",
        ["ILS"] = "₪",
        ["INR"] = "₹",
        ["ZAR"] = "R",
    };

    /// <summary><c>9:00 am</c>, as the clock at that offset shows it.</summary>
    public static string Time(DateTimeOffset at) => at.ToString("h:mm tt", English).ToLowerInvariant();

    /// <summary>The same for a local time.</summary>
    public static string Time(DateTime local) => local.ToString("h:mm tt", English).ToLowerInvariant();

    /// <summary><c>9:12</c>, where the half of the day goes without saying.</summary>
    public static string Clock(DateTimeOffset at) => at.ToString("h:mm", English);

    /// <summary><c>Tuesday 1 December</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("dddd d MMMM", English);

    public static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.DateTime));

    /// <summary><c>Tue 1 Dec</c>, where a word must be short.</summary>
    public static string ShortDay(DateTimeOffset at) => at.ToString("ddd d MMM", English);

    /// <summary><c>31 May 2027</c>.</summary>
    public static string Date(DateOnly day) => day.ToString("d MMMM yyyy", English);

    /// <summary><c>Denver time</c> for <c>America/Denver</c>.</summary>
    public static string Zone(string timeZone) =>
        timeZone is "UTC" or "Etc/UTC" ? "UTC" : $"{timeZone[(timeZone.LastIndexOf('/') + 1)..].Replace('_', ' ')} time";

    /// <summary><c>9:00 am, Tuesday 1 December, Denver time</c>.</summary>
    public static string When(DateTimeOffset at, string timeZone) => $"{Time(at)}, {Day(at)}, {Zone(timeZone)}";

    /// <summary><c>Monday 30 November, 9:00 am</c>.</summary>
    public static string Until(DateTimeOffset at) => $"{Day(at)}, {Time(at)}";

    /// <summary><c>4 minutes</c>, as a person would count.</summary>
    public static string Lasting(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => "a minute",
        { TotalHours: < 2 } => $"{(int)span.TotalMinutes} minutes",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} hours",
        _ => $"{(int)span.TotalDays} days",
    };

    /// <summary><c>1210 Clarkson Street, Denver, CO</c>, as far as one may know it, for a visit that is had in that way.</summary>
    public static string Where(Location place, string? format) => format switch
    {
        "homeVisit" => "At your home",
        "online" => "Online",
        _ => place.Street is { Length: > 0 } street ? $"{street}, {place.Town}" : place.Town,
    };

    /// <summary><c>First visit, 75 minutes, $135</c>.</summary>
    public static string Visit(Visit visit) => $"{visit.Name}, {visit.Minutes} minutes, {(visit.Price.Amount == 0 ? "free" : Price(visit.Price))}";

    /// <summary><c>from 6 months to 2 years</c>, <c>up to 12 months</c>, <c>from 18 years</c>; of any age nothing.</summary>
    public static string Ages(ForWhom? ages) => ages switch
    {
        { MinAgeMonths: > 0 and var from, MaxAgeMonths: { } to } => $"from {Age(from)} to {Age(to)}",
        { MinAgeMonths: > 0 and var from } => $"from {Age(from)}",
        { MaxAgeMonths: { } to } => $"up to {Age(to)}",
        _ => "",
    };

    /// <summary><c>$120</c>, or <c>$60.50</c> where there are cents.</summary>
    public static string Price(Price? price) => price is null ? "" : Written(price, even: false);

    /// <summary><c>$60.00</c>, to the cent.</summary>
    public static string Exact(Price price) => Written(price, even: true);

    /// <summary><c>60.50</c>: the number alone, as a form shows it.</summary>
    public static string Plain(Price price)
    {
        var digits = Digits(price.Currency);
        return ((decimal)price.Amount / (long)Math.Pow(10, digits)).ToString($"F{(price.Amount % (long)Math.Pow(10, digits) == 0 ? 0 : digits)}", English);
    }

    /// <summary>The same read back; null when it is no number, is negative or is beyond a million.</summary>
    public static Price? Read(string? text, string currency) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, English, out var number) && number <= 1_000_000
            ? new((long)decimal.Round(number * (long)Math.Pow(10, Digits(currency))), currency)
            : null;

    /// <summary>In miles where people measure in miles.</summary>
    public static string Distance(double kilometres, string? country)
    {
        var miles = country is "US" or "GB";
        var number = miles ? kilometres / 1.609344 : kilometres;
        var unit = miles ? (number < 1.05 && number >= 0.95 ? "mile" : "miles") : "km";
        return number < 0.15 ? "close by" : $"{number.ToString(number < 10 ? "0.#" : "0", English)} {unit} away";
    }

    /// <summary><c>25 miles</c> for 40 km where people measure in miles, in the round numbers they think in.</summary>
    public static string Far(double kilometres, string? country)
    {
        if (country is not ("US" or "GB"))
            return $"{kilometres.ToString("0.#", English)} km";
        var miles = kilometres / 1.609344;
        return $"{(miles < 4 ? Math.Round(miles) : Math.Round(miles / 5) * 5).ToString(English)} miles";
    }

    /// <summary><c>1 person</c>, <c>17 people</c>, <c>More than 1,000 people</c>.</summary>
    public static string People(int number, bool orMore = false) =>
        $"{(orMore ? "More than " : "")}{number.ToString("#,0", English)} {(number == 1 ? "person" : "people")}";

    /// <summary><c>November 2026</c> for <c>2026-11</c>; as it stands when it is no month.</summary>
    public static string Month(string? month) =>
        DateOnly.TryParseExact(month, "yyyy-MM", English, DateTimeStyles.None, out var first) ? first.ToString("MMMM yyyy", English) : month ?? "";

    public static string List(IEnumerable<string> words, string between = ", ") => string.Join(between, words);

    /// <summary>A name inside a sentence: <c>Jaw tension</c> is <c>jaw tension</c>; <c>TMJ</c> and <c>Parkinson’s</c> stay.</summary>
    public static string Within(string name) => name.Length > 1 && char.IsUpper(name[0]) && !char.IsUpper(name[1]) && !name.EndsWith("’s", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    /// <summary>Several names as one sentence.</summary>
    public static string Sentence(IEnumerable<string> names) =>
        List(names.Select((name, i) => i == 0 ? name : Within(name))) is { Length: > 0 } said ? $"{said}." : "";

    /// <summary>Digits after the point, as ISO 4217 has them.</summary>
    public static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    private static string Age(int months) => months switch
    {
        1 => "1 month",
        >= 24 when months % 12 == 0 => $"{(months / 12).ToString(English)} years",
        _ => $"{months.ToString(English)} months",
    };

    private static string Written(Price price, bool even)
    {
        if (price.Amount < 0)
            return "−" + Written(price with { Amount = -price.Amount }, even);
        var digits = Digits(price.Currency);
        var whole = (long)Math.Pow(10, digits);
        var sign = Signs.GetValueOrDefault(price.Currency, price.Currency + " ");
        var main = (price.Amount / whole).ToString("#,0", English);
        var rest = price.Amount % whole;
        return digits == 0 || (rest == 0 && !even) ? sign + main : $"{sign}{main}.{rest.ToString(English).PadLeft(digits, '0')}";
    }
}

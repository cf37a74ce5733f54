using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Platform;

namespace Bookings.Waitlist;

/// <summary>
/// What somebody waits for: anybody whom a search finds, or a free time for one practitioner's visit. It may say what somebody suffers from, so it is
/// stored sealed, never mailed, never logged, never on the bus.
/// </summary>
/// <param name="Search">The query of <c>GET /api/v1/practitioners</c>, as in <c>near=Denver&amp;specialty=tmj&amp;availableWithinDays=7</c>.</param>
public sealed record Wish(string? Search, Guid? PractitionerId, Guid? ServiceId)
{
    private const string Purpose = "waited for";
    private const int LongestSearch = 2000;

    // How the results are shown makes no difference to whether there are any.
    private static readonly string[] Shown = ["limit", "cursor", "facets", "sort"];

    internal void Check(Check check)
    {
        if (Search is not null)
            check.Text("search", Search, LongestSearch);
        check.That("search", Search is null != PractitionerId is null, "Either a search, or a practitioner and their service.");
        check.That("serviceId", ServiceId is null == PractitionerId is null, "A practitioner's service, and only with the practitioner.");
    }

    /// <summary>The same without what is of no use here, and with a person's position to two decimals of a degree, which is about a kilometre.</summary>
    public Wish ToKeep()
    {
        if (Search is null)
            return this;
        var query = QueryHelpers.ParseQuery(Search).Where(p => !Shown.Contains(p.Key, StringComparer.OrdinalIgnoreCase));
        return this with { Search = new QueryBuilder(from p in query from value in p.Value select KeyValuePair.Create(p.Key, Coarse(p.Key, value ?? ""))).ToString().TrimStart('?') };
    }

    public byte[] Seal(SecretBox box) => box.Seal(JsonSerializer.Serialize(this, Json.Strict), Purpose);

    public static Wish Open(byte[] sealedWish, SecretBox box) => JsonSerializer.Deserialize<Wish>(box.Open(sealedWish, Purpose), Json.Tolerant)!;

    private static string Coarse(string name, string value) =>
        name.ToUpperInvariant() is "LAT" or "LON" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees)
            ? Math.Round(degrees, 2).ToString(CultureInfo.InvariantCulture)
            : value;
}

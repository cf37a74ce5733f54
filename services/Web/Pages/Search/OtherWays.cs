using Web.Peers;
using Web.Wording;

namespace Web.Pages.Search;

/// <summary>The one thing that would have to change, and whom that would find.</summary>
public sealed record OtherWay(string Text, string Address, int People, bool OrMore);

/// <summary>When nobody fits: the search widened in one respect at a time, where that finds somebody.</summary>
public static class OtherWays
{
    private const int WidestKm = 500;

    /// <param name="meant">The specialty that the words name.</param>
    public static async Task<IReadOnlyList<OtherWay>> Find(Wanted wanted, Specialty? meant, string? country, ListingsClient listings, CancellationToken ct)
    {
        var looks = Wider(wanted with { Cursor = null }, meant, country).Select(async way =>
        {
            var found = await listings.Search(way.Wanted.Question(limit: 1), ct);
            return new OtherWay(way.Text, way.Wanted.Address(null), found.Total, found.TotalIsLowerBound);
        });
        return [.. (await Task.WhenAll(looks)).Where(way => way.People > 0).DistinctBy(way => way.Address)];
    }

    private static IEnumerable<(string Text, Wanted Wanted)> Wider(Wanted wanted, Specialty? meant, string? country)
    {
        if (meant is not null)
            yield return ($"With experience in {Say.Within(meant.Name)}", wanted with { Q = null, Specialty = [meant.Code], Sort = wanted.Sort == "relevance" ? null : wanted.Sort });
        if (wanted.IsSomewhere && wanted.ReachKm < WidestKm)
        {
            var far = Math.Min(wanted.ReachKm * 4, WidestKm);
            yield return ($"Within {Say.Far(far, country)}", wanted with { RadiusKm = far });
            if (far < WidestKm)
                yield return ($"Within {Say.Far(WidestKm, country)}", wanted with { RadiusKm = WidestKm });
        }
        if (wanted.AsksForTime)
            yield return ("On other days", wanted with { Within = null, Weekday = [], TimeOfDay = [] });
        if (wanted.Choices.Any())
            yield return ("Without the filters", new() { Near = wanted.Near, Lat = wanted.Lat, Lon = wanted.Lon, Bbox = wanted.Bbox, Q = wanted.Q, For = wanted.For });
        if (!string.IsNullOrWhiteSpace(wanted.Q))
            yield return ("For any reason", wanted with { Q = null, Sort = wanted.Sort == "relevance" ? null : wanted.Sort });
        if (!wanted.Format.Contains("online"))
            yield return ("Anywhere, with an online talk first", wanted with { Near = null, Lat = null, Lon = null, Bbox = null, RadiusKm = null, Format = ["online"] });
    }
}

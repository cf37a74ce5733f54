using System.Globalization;

namespace Listings.Demo;

/// <summary>Invents what practitioners write about themselves, in words that the claims check lets pass.</summary>
internal static class DemoWriting
{
    public static Listing Write(Listing listing, DemoTown town, Dice dice, DateOnly today)
    {
        var words = DemoData.Words;
        var experience = dice.Some([.. listing.Specialties.Select(s => Taxonomy.Current.Specialties.First(t => t.Code == s).Name)], 2).Select(Lower);
        var people = dice.Pick(listing.Populations);
        var filled = new Dictionary<string, string>
        {
            ["{town}"] = town.Name,
            ["{since}"] = listing.PractisingSince!.Value.ToString(CultureInfo.InvariantCulture),
            ["{years}"] = Years(today.Year - listing.PractisingSince.Value),
            ["{experience}"] = string.Join(" or ", experience),
            ["{people}"] = Lower(Taxonomy.Current.Populations.First(p => p.Code == people).Name),
        };
        string[] sentences = [dice.Pick(words.Openings), dice.Pick(words.Clients), .. dice.Some(words.Works, 2), dice.Pick(words.Closings)];
        return listing with
        {
            Headline = Fill(dice.Pick(words.Headlines), filled),
            Biography = Fill(string.Join(' ', sentences), filled),
            Preparation = words.Preparation,
            Aftercare = words.Aftercare,
        };
    }

    private static string Fill(string sentence, Dictionary<string, string> with) =>
        with.Aggregate(sentence, (text, pair) => text.Replace(pair.Key, pair.Value, StringComparison.Ordinal)).Replace(" 1 years", " a year", StringComparison.Ordinal);

    private static string Years(int years) => Math.Max(1, years).ToString(CultureInfo.InvariantCulture);

    /// <summary>Inside a sentence, unless it is a name (LGBTQ+, Parkinson’s).</summary>
    private static string Lower(string name) =>
        name.Length > 1 && char.IsLower(name[1]) && !name.StartsWith("Parkinson", StringComparison.Ordinal) && !name.StartsWith("Black", StringComparison.Ordinal)
            ? char.ToLowerInvariant(name[0]) + name[1..]
            : name;
}

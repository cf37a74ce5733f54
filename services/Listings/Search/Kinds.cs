using System.Numerics;
using System.Runtime.CompilerServices;

namespace Listings.Search;

/// <summary>A set of codes, each a bit that <see cref="Kinds"/> has numbered.</summary>
[InlineArray(Words)]
internal struct Bits
{
    public const int Words = 4;

    private ulong first;

    /// <summary>How many are set.</summary>
    public readonly int Count()
    {
        var count = 0;
        for (var i = 0; i < Words; i++)
            count += BitOperations.PopCount(this[i]);
        return count;
    }

    /// <summary>How many are set before the lowest bit of some in a word.</summary>
    public readonly int Before(int word, ulong bits)
    {
        var count = BitOperations.PopCount(this[word] & ((bits & (~bits + 1)) - 1));
        for (var i = 0; i < word; i++)
            count += BitOperations.PopCount(this[i]);
        return count;
    }

    public readonly bool Has(Kind kind) => (this[kind.Word] & kind.All) != 0;

    public void Add(in Bits others)
    {
        for (var i = 0; i < Words; i++)
            this[i] |= others[i];
    }

    public void Add(Kind kind, IEnumerable<string> codes) => this[kind.Word] |= kind.Mask(codes);

    public void Add(Kind kind, string? code) => this[kind.Word] |= code is null ? 0 : kind.Mask(code);
}

/// <summary>The codes of one kind, such as languages, and which bits of one word of <see cref="Bits"/> stand for them.</summary>
internal sealed class Kind(string name, string[] codes, int word, int shift)
{
    private readonly Dictionary<string, int> numbers = codes.Index().ToDictionary(c => c.Item, c => c.Index);

    public string Name => name;
    public IReadOnlyList<string> Codes => codes;
    public int Word => word;
    public int Shift => shift;

    /// <summary>The bits of all its codes.</summary>
    public ulong All { get; } = (codes.Length == 64 ? ulong.MaxValue : (1UL << codes.Length) - 1) << shift;

    public bool Knows(string code) => numbers.ContainsKey(code);

    /// <summary>From 0; null for a code that this version does not know.</summary>
    public int? NumberOf(string code) => numbers.TryGetValue(code, out var number) ? number : null;

    /// <summary>Of the code with a number.</summary>
    public ulong Bit(int number) => 1UL << (shift + number);

    /// <summary>No bit for a code that this version does not know.</summary>
    public ulong Mask(string code) => numbers.TryGetValue(code, out var number) ? 1UL << (shift + number) : 0;

    public ulong Mask(IEnumerable<string> codes)
    {
        var mask = 0UL;
        foreach (var code in codes)
            mask |= Mask(code);
        return mask;
    }
}

/// <summary>
/// The kinds of codes that are searched by, laid out in the words of <see cref="Bits"/>. The numbers are this process's own: what is stored
/// holds codes, so that two versions of the taxonomy can run side by side.
/// </summary>
internal static class Kinds
{
    // Before the kinds, which take their places from it.
    private static readonly int[] Taken = new int[Bits.Words];

    public static readonly Kind Language = Of("language", Taxonomy.Current.Languages.Select(l => l.Code));
    public static readonly Kind Specialty = Of("specialty", Taxonomy.Current.Specialties.Select(s => s.Code));
    public static readonly Kind Level = Of("level", Taxonomy.Current.Lineages.SelectMany(l => l.Issuers).SelectMany(i => i.Credentials).SelectMany(c => c.LevelsOrItself()).Select(l => l.Code));
    public static readonly Kind Licence = Of("licence", Taxonomy.Current.Licences.Select(l => l.Code));
    public static readonly Kind Population = Of("population", Taxonomy.Current.Populations.Select(t => t.Code));
    public static readonly Kind Technique = Of("technique", Taxonomy.Current.Techniques.Select(t => t.Code));
    public static readonly Kind Access = Of("access", Taxonomy.Current.AccessFeatures.Select(t => t.Code));
    public static readonly Kind Modality = Of("modality", Taxonomy.Current.Modalities.Select(t => t.Code));
    public static readonly Kind Lineage = Of("lineage", Taxonomy.Current.Lineages.Select(l => l.Code));

    /// <summary>The lineages in which a training is evidenced.</summary>
    public static readonly Kind Evidenced = Of("evidenced", Taxonomy.Current.Lineages.Select(l => l.Code));

    /// <summary>In the order of <see cref="VisitFormat"/>.</summary>
    public static readonly Kind Format = Of("format", ["inPerson", "homeVisit", "online"]);
    public static readonly Kind Approach = Of("approach", Taxonomy.Current.Approaches.Select(t => t.Code));
    public static readonly Kind Gender = Of("gender", Taxonomy.Current.Genders.Select(t => t.Code));
    public static readonly Kind SlidingScale = Of("slidingScale", ["true"]);
    public static readonly Kind AcceptsNew = Of("acceptsNew", ["true"]);

    /// <summary>In which parts of the day any visit is free, as it was told, on whatever day; one that is not told here is never free.</summary>
    public static readonly Kind PartOfDay = Of("partOfDay", ["morning", "afternoon", "evening"]);

    /// <summary>On which weekdays, in the same way.</summary>
    public static readonly Kind Weekday = Of("weekday", ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);

    /// <summary>Whether there are several locations at which the practitioner could be found: at different points, or all at one.</summary>
    public static readonly Kind Several = Of("several", ["apart", "together"]);

    /// <summary>Never set on a spot: it depends on the lineages asked for.</summary>
    public static readonly Kind Verified = Of("verified", ["true"]);

    /// <summary>The kinds of which a spot's bits hold as long as its credentials do.</summary>
    public static readonly Kind[] Dated = [Lineage, Evidenced, Level, Licence];

    /// <summary>By level number: the bits of the level and of the steps it includes. Who holds it is found by each of them.</summary>
    public static readonly ulong[] LevelsUpTo = [.. Level.Codes.Select(held => Level.Mask(Level.Codes.Where(asked => Taxonomy.Current.AtLeast(asked).Contains(held))))];

    /// <exception cref="InvalidOperationException">The taxonomy has outgrown <see cref="Bits"/>.</exception>
    private static Kind Of(string name, IEnumerable<string> values)
    {
        string[] codes = [.. values];
        var word = Array.FindIndex(Taken, taken => taken + codes.Length <= 64);
        if (word < 0)
            throw new InvalidOperationException($"There is no room for the codes of {name}: Bits needs another word.");
        var shift = Taken[word];
        Taken[word] += codes.Length;
        return new(name, codes, word, shift);
    }
}

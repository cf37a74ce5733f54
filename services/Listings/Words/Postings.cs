using System.Runtime.InteropServices;
using Npgsql;

namespace Listings.Words;

/// <summary>Where a word stands. What comes first counts more.</summary>
internal enum WordField : short
{
    Name,
    Specialty,
    Headline,
    Biography,

    /// <summary>The first letters of a part of the name, up to <see cref="Postings.ShortBeginning"/>; longer ones are read off the names.</summary>
    Beginning,

    /// <summary>Under the empty word: numbers that stand for nobody any more.</summary>
    GivenUp,
}

/// <summary>Collects, word by word, which of a block's practitioners have it. Words are known again from block to block.</summary>
internal sealed class Postings
{
    /// <summary>Numbers in a block.</summary>
    public const int Block = 16_384;

    public const int ShortBeginning = 3;

    /// <summary>From so many on, a bit for each number takes less room than a list.</summary>
    private const int Many = Block / 8 / sizeof(ushort);

    private readonly Dictionary<string, Entry> entries = [];
    private readonly Dictionary<string, Dictionary<Written, Entry[]>> stemmed = [];
    private readonly Dictionary<string, Entry[]> specialties = [];

    /// <summary>Learns the stems of all that is written there; what <see cref="Add"/> is given must have been learnt.</summary>
    public async Task Learn(NpgsqlConnection connection, IEnumerable<Practitioner> practitioners, CancellationToken ct)
    {
        var unknown = new HashSet<(string, Written)>();
        foreach (var listing in practitioners.Select(p => p.Published!))
        {
            var languages = Languages(listing);
            foreach (var word in Written.In(listing.Headline).Concat(Written.In(listing.Biography)))
                Ask(word, languages);
            foreach (var code in listing.Specialties.Where(code => !specialties.ContainsKey(code)))
            {
                foreach (var word in WordsOf(code))
                    Ask(word, [Stems.Common]);
            }
        }

        foreach (var ((language, word), stems) in await Stems.Of(connection, [.. unknown], ct))
        {
            if (!stemmed.TryGetValue(language, out var known))
                stemmed[language] = known = [];
            known[word] = [.. stems.Select(EntryOf)];
        }

        void Ask(Written word, IEnumerable<string> languages)
        {
            foreach (var language in languages)
            {
                if (!stemmed.TryGetValue(language, out var known) || !known.ContainsKey(word))
                    unknown.Add((language, word));
            }
        }
    }

    /// <param name="place">Of the practitioner's number in the block.</param>
    public void Add(Practitioner practitioner, ushort place)
    {
        var listing = practitioner.Published!;
        foreach (var part in Written.In(listing.Name))
        {
            EntryOf(part.Plain).Add(WordField.Name, place);
            for (var length = 1; length <= ShortBeginning && length <= part.Plain.Length; length++)
                EntryOf(part.Plain[..length]).Add(WordField.Beginning, place);
        }

        foreach (var code in listing.Specialties)
        {
            if (!specialties.TryGetValue(code, out var words))
                specialties[code] = words = [.. WordsOf(code).SelectMany(word => stemmed[Stems.Common][word]).Distinct()];
            foreach (var word in words)
                word.Add(WordField.Specialty, place);
        }

        var languages = Languages(listing);
        Text(listing.Headline, WordField.Headline);
        Text(listing.Biography, WordField.Biography);

        void Text(string? text, WordField field)
        {
            foreach (var word in Written.In(text))
            {
                foreach (var language in languages)
                {
                    foreach (var stem in stemmed[language][word])
                        stem.Add(field, place);
                }
            }
        }
    }

    /// <summary>A number that stood for somebody.</summary>
    public void GiveUp(ushort place) => EntryOf("").Add(WordField.GivenUp, place);

    /// <summary>The rows of the block, in the order of the table's key; nothing is left for the next block.</summary>
    public IReadOnlyList<Row> Take()
    {
        var rows = new List<Row>();
        foreach (var entry in entries.Values)
        {
            for (var field = WordField.Name; field <= WordField.GivenUp; field++)
            {
                if (entry.Take(field) is { Count: > 0 } places)
                    rows.Add(places.Count < Many ? new(field, entry.Word, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(places)).ToArray(), null) : new(field, entry.Word, [], Bits(places)));
            }
        }

        rows.Sort((a, b) => a.Field != b.Field ? a.Field - b.Field : string.CompareOrdinal(a.Word, b.Word));
        return rows;
    }

    private static byte[] Bits(List<ushort> places)
    {
        var bits = new byte[Block / 8];
        foreach (var place in places)
            bits[place >> 3] |= (byte)(1 << (place & 7));
        return bits;
    }

    private static IEnumerable<Written> WordsOf(string specialty)
    {
        var codes = Taxonomy.Current.WithParents([specialty]);
        return Taxonomy.Current.Specialties.Where(s => codes.Contains(s.Code)).SelectMany(s => s.Synonyms.Prepend(s.Name)).SelectMany(Written.In);
    }

    private static List<string> Languages(Listing listing) => [.. listing.Languages.Intersect(Stems.Languages).Union([Stems.Common])];

    private Entry EntryOf(string word) =>
        CollectionsMarshal.GetValueRefOrAddDefault(entries, word, out _) ??= new(word);

    /// <param name="Few">Places, two bytes each, the lower first.</param>
    /// <param name="Many">Instead: a bit for each number of the block.</param>
    public sealed record Row(WordField Field, string Word, byte[] Few, byte[]? Many);

    private sealed class Entry(string word)
    {
        private readonly List<ushort>?[] places = new List<ushort>?[(int)WordField.GivenUp + 1];

        public string Word => word;

        public void Add(WordField field, ushort place)
        {
            var list = places[(int)field] ??= [];
            if (list.Count == 0 || list[^1] != place)
                list.Add(place);
        }

        public List<ushort>? Take(WordField field)
        {
            var list = places[(int)field];
            places[(int)field] = null;
            return list;
        }
    }
}

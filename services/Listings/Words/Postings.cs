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

    /// <param name="place">Of the first one's number in the block; the others follow.</param>
    public async Task Add(NpgsqlConnection connection, IReadOnlyList<Practitioner> practitioners, int place, CancellationToken ct)
    {
        var texts = practitioners.Select(p => new Text(p.Published!)).ToList();
        await Learn(connection, texts, ct);
        foreach (var text in texts)
            Add(text, checked((ushort)place++));
    }

    /// <summary>Asks for the stems that are not known yet.</summary>
    private async Task Learn(NpgsqlConnection connection, List<Text> texts, CancellationToken ct)
    {
        var unknown = new HashSet<(string, Written)>();
        foreach (var text in texts)
        {
            foreach (var word in text.Headline.Concat(text.Biography))
                Ask(word, text.Languages);
            foreach (var code in text.Listing.Specialties.Where(code => !specialties.ContainsKey(code)))
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

        void Ask(Written word, IReadOnlyList<string> languages)
        {
            foreach (var language in languages)
            {
                if (!stemmed.TryGetValue(language, out var known) || !known.ContainsKey(word))
                    unknown.Add((language, word));
            }
        }
    }

    private void Add(Text text, ushort place)
    {
        foreach (var part in Written.In(text.Listing.Name))
        {
            EntryOf(part.Plain).Add(WordField.Name, place);
            for (var length = 1; length <= ShortBeginning && length <= part.Plain.Length; length++)
                EntryOf(part.Plain[..length]).Add(WordField.Beginning, place);
        }

        foreach (var code in text.Listing.Specialties)
        {
            if (!specialties.TryGetValue(code, out var words))
                specialties[code] = words = [.. WordsOf(code).SelectMany(word => stemmed[Stems.Common][word]).Distinct()];
            foreach (var word in words)
                word.Add(WordField.Specialty, place);
        }

        foreach (var language in text.Languages)
        {
            Add(language, text.Headline, WordField.Headline, place);
            Add(language, text.Biography, WordField.Biography, place);
        }
    }

    private void Add(string language, IReadOnlyList<Written> words, WordField field, ushort place)
    {
        foreach (var word in words)
        {
            foreach (var stem in stemmed[language][word])
                stem.Add(field, place);
        }
    }

    /// <summary>The rows of the block, in the order of the table's key; nothing is left for the next block.</summary>
    public IReadOnlyList<Row> Take()
    {
        var rows = new List<Row>();
        foreach (var entry in entries.Values)
        {
            for (var field = WordField.Name; field <= WordField.Beginning; field++)
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

    private Entry EntryOf(string word) =>
        CollectionsMarshal.GetValueRefOrAddDefault(entries, word, out _) ??= new(word);

    /// <param name="Few">Places, two bytes each, the lower first.</param>
    /// <param name="Many">Instead: a bit for each number of the block.</param>
    public sealed record Row(WordField Field, string Word, byte[] Few, byte[]? Many);

    /// <summary>What a practitioner has written, read once.</summary>
    private sealed class Text(Listing listing)
    {
        public Listing Listing => listing;
        public IReadOnlyList<string> Languages { get; } = [.. listing.Languages.Intersect(Stems.Languages).Union([Stems.Common])];
        public IReadOnlyList<Written> Headline { get; } = [.. Written.In(listing.Headline)];
        public IReadOnlyList<Written> Biography { get; } = [.. Written.In(listing.Biography)];
    }

    private sealed class Entry(string word)
    {
        private readonly List<ushort>?[] places = new List<ushort>?[(int)WordField.Beginning + 1];

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

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

    /// <summary>By language, then by what stands between two spaces.</summary>
    private readonly Dictionary<string, Dictionary<string, Entry[]>> learnt = Stems.Languages.ToDictionary(language => language, _ => new Dictionary<string, Entry[]>());
    private readonly Dictionary<string, Entry[]> specialties = [];

    /// <summary>What is still to be asked for.</summary>
    private readonly HashSet<(string Language, string Piece)> unknown = [];

    /// <summary>Where the words stand of whoever is being read.</summary>
    private readonly List<(Entry[] Words, WordField Field)> standing = [];

    /// <summary>Asks for the stems that were missing.</summary>
    public async Task Learn(NpgsqlConnection connection, CancellationToken ct)
    {
        var stems = await Stems.Of(connection, [.. unknown.SelectMany(u => Written.In(u.Piece).Select(word => (u.Language, word))).Distinct()], ct);
        foreach (var (language, piece) in unknown)
            learnt[language][piece] = [.. Written.In(piece).SelectMany(word => stems[(language, word)]).Distinct().Select(EntryOf)];
        unknown.Clear();
    }

    /// <summary>False, and nothing is added, when there are words whose stems have to be asked for first, by <see cref="Learn"/>.</summary>
    /// <param name="number">All are of one block.</param>
    public bool TryAdd(Listing listing, int number)
    {
        if (!Knows(listing))
            return false;
        var place = (ushort)(number % Block);
        foreach (var (words, field) in standing)
        {
            foreach (var word in words)
                word.Add(field, place);
        }

        foreach (var part in Written.In(listing.Name))
        {
            EntryOf(part.Plain).Add(WordField.Name, place);
            for (var length = 1; length <= ShortBeginning && length <= part.Plain.Length; length++)
                EntryOf(part.Plain[..length]).Add(WordField.Beginning, place);
        }

        return true;
    }

    /// <summary>Whether the stems of all words are known; those that are not will be learnt.</summary>
    public bool Knows(Listing listing)
    {
        standing.Clear();
        var known = true;
        foreach (var language in LanguagesOf(listing))
            known &= Read(language, listing.Headline, WordField.Headline) & Read(language, listing.Biography, WordField.Biography);
        foreach (var code in listing.Specialties)
            known &= ReadSpecialty(code);
        return known;
    }

    /// <summary>Whether all its words are known.</summary>
    private bool Read(string language, string? text, WordField field)
    {
        var known = learnt[language].GetAlternateLookup<ReadOnlySpan<char>>();
        var all = true;
        foreach (var range in text.AsSpan().Split(' '))
        {
            if (known.TryGetValue(text.AsSpan(range), out var words))
            {
                standing.Add((words, field));
                continue;
            }

            unknown.Add((language, text.AsSpan(range).ToString()));
            all = false;
        }

        return all;
    }

    private bool ReadSpecialty(string code)
    {
        if (!specialties.TryGetValue(code, out var words))
        {
            var before = standing.Count;
            if (!Read(Stems.Common, TextOf(code), WordField.Specialty))
                return false;
            specialties[code] = words = [.. standing[before..].SelectMany(piece => piece.Words).Distinct()];
            standing.RemoveRange(before, standing.Count - before);
        }

        standing.Add((words, WordField.Specialty));
        return true;
    }

    private static IEnumerable<string> LanguagesOf(Listing listing) => listing.Languages.Intersect(Stems.Languages).Union([Stems.Common]);

    /// <summary>All that a specialty, and what it is part of, is called.</summary>
    private static string TextOf(string specialty)
    {
        var codes = Taxonomy.Current.WithParents([specialty]);
        return string.Join(' ', Taxonomy.Current.Specialties.Where(s => codes.Contains(s.Code)).SelectMany(s => s.Synonyms.Prepend(s.Name)));
    }

    /// <summary>The rows of the block, in the order of the table's key; nothing is left for the next block.</summary>
    public IReadOnlyList<Row> Take()
    {
        var rows = new List<Row>();
        foreach (var entry in entries.Values)
        {
            for (var field = WordField.Name; field <= WordField.Beginning; field++)
            {
                if (entry.In(field) is not { Count: > 0 } places)
                    continue;
                rows.Add(places.Count < Many ? new(field, entry.Word, List(places), null) : new(field, entry.Word, [], Bits(places)));
                // The list stays for the next block: new ones would live just long enough to be costly.
                places.Clear();
            }
        }

        rows.Sort((a, b) => a.Field != b.Field ? a.Field - b.Field : string.CompareOrdinal(a.Word, b.Word));
        return rows;
    }

    private static byte[] List(List<ushort> places)
    {
        places.Sort();
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(places)).ToArray();
    }

    private static byte[] Bits(List<ushort> places)
    {
        var bits = new byte[Block / 8];
        foreach (var place in places)
            bits[place >> 3] |= (byte)(1 << (place & 7));
        return bits;
    }

    private Entry EntryOf(string word) =>
        CollectionsMarshal.GetValueRefOrAddDefault(entries, word, out _) ??= new(word);

    /// <param name="Few">Places, two bytes each, the lower first.</param>
    /// <param name="Many">Instead: a bit for each number of the block.</param>
    public sealed record Row(WordField Field, string Word, byte[] Few, byte[]? Many);

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

        public List<ushort>? In(WordField field) => places[(int)field];
    }
}

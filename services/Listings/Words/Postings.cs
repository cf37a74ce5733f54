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

    /// <param name="numbers">Of these practitioners, all of one block, and rising from call to call.</param>
    public async Task Add(NpgsqlConnection connection, IReadOnlyList<Practitioner> practitioners, IReadOnlyList<int> numbers, CancellationToken ct)
    {
        await Learn(connection, practitioners, ct);
        foreach (var (i, practitioner) in practitioners.Index())
            Add(practitioner.Published!, (ushort)(numbers[i] % Block));
    }

    /// <summary>Asks for the stems that are not known yet.</summary>
    private async Task Learn(NpgsqlConnection connection, IReadOnlyList<Practitioner> practitioners, CancellationToken ct)
    {
        var unknown = new List<(string Language, string Piece)>();
        foreach (var listing in practitioners.Select(p => p.Published!))
        {
            foreach (var language in LanguagesOf(listing))
            {
                Note(language, listing.Headline);
                Note(language, listing.Biography);
            }

            foreach (var code in listing.Specialties.Where(code => !specialties.ContainsKey(code)))
                Note(Stems.Common, TextOf(code));
        }

        var stems = await Stems.Of(connection, [.. unknown.SelectMany(u => Written.In(u.Piece).Select(word => (u.Language, word))).Distinct()], ct);
        foreach (var (language, piece) in unknown)
            learnt[language][piece] = [.. Written.In(piece).SelectMany(word => stems[(language, word)]).Distinct().Select(EntryOf)];

        void Note(string language, string? text)
        {
            var known = learnt[language].GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var range in text.AsSpan().Split(' '))
            {
                var piece = text.AsSpan(range);
                if (known.TryAdd(piece, []))
                    unknown.Add((language, piece.ToString()));
            }
        }
    }

    private void Add(Listing listing, ushort place)
    {
        foreach (var part in Written.In(listing.Name))
        {
            EntryOf(part.Plain).Add(WordField.Name, place);
            for (var length = 1; length <= ShortBeginning && length <= part.Plain.Length; length++)
                EntryOf(part.Plain[..length]).Add(WordField.Beginning, place);
        }

        foreach (var code in listing.Specialties)
        {
            if (!specialties.TryGetValue(code, out var words))
                specialties[code] = words = [.. TextOf(code).Split(' ').SelectMany(piece => learnt[Stems.Common][piece]).Distinct()];
            foreach (var word in words)
                word.Add(WordField.Specialty, place);
        }

        foreach (var language in LanguagesOf(listing))
        {
            Add(language, listing.Headline, WordField.Headline, place);
            Add(language, listing.Biography, WordField.Biography, place);
        }
    }

    private void Add(string language, string? text, WordField field, ushort place)
    {
        var known = learnt[language].GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in text.AsSpan().Split(' '))
        {
            foreach (var stem in known[text.AsSpan(range)])
                stem.Add(field, place);
        }
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

        public List<ushort>? Take(WordField field)
        {
            var list = places[(int)field];
            places[(int)field] = null;
            return list;
        }
    }
}

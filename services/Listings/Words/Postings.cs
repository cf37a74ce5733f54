using System.Runtime.InteropServices;
using Npgsql;

namespace Listings.Words;

/// <summary>Collects, word by word, which of a block's practitioners have it. Words are known again from block to block.</summary>
internal sealed class Postings
{
    /// <summary>Numbers in a block.</summary>
    public const int Block = 16_384;

    public const int ShortBeginning = 3;

    /// <summary>From so many on, a bit for each number takes less room than a list.</summary>
    private const int Many = Block / 8 / sizeof(ushort);

    private readonly Dictionary<(WordField Field, string Word), Entry> entries = [];

    /// <summary>Stems, by language and what stands between two spaces.</summary>
    private readonly Dictionary<(string Language, string Piece), string[]> learnt = [];

    /// <summary>What is still to be asked for.</summary>
    private readonly HashSet<(string Language, string Piece)> unknown = [];

    private readonly Dictionary<string, Piece> pieces = [];
    private readonly Dictionary<(WordField Field, string Language), Reading> readings = [];

    /// <summary>By the languages that somebody speaks, as one text: many speak the same ones.</summary>
    private readonly Dictionary<(WordField Field, string Languages), Reading[]> readingsOf = [];
    private readonly Dictionary<string, Entry[]> specialties = [];
    private readonly Dictionary<string, Entry[]> names = [];

    /// <summary>Where the words stand of whoever is being read.</summary>
    private readonly List<Entry[]> standing = [];

    /// <summary>Asks for the stems that were missing.</summary>
    public async Task Learn(NpgsqlConnection connection, CancellationToken ct)
    {
        var stems = await Stems.Of(connection, [.. unknown.SelectMany(u => Written.In(u.Piece).Select(word => (u.Language, word))).Distinct()], ct);
        foreach (var (language, piece) in unknown)
            learnt[(language, piece)] = [.. Written.In(piece).SelectMany(word => stems[(language, word)])];
        unknown.Clear();
    }

    /// <summary>False, and nothing is added, when there are words whose stems have to be asked for first, by <see cref="Learn"/>.</summary>
    /// <param name="number">All are of one block.</param>
    public bool TryAdd(Listing listing, int number)
    {
        if (!Knows(listing))
            return false;
        var place = (ushort)(number % Block);
        foreach (var words in standing)
        {
            foreach (var word in words)
                word.Add(place);
        }

        return true;
    }

    /// <summary>Whether the stems of all words are known; those that are not will be learnt.</summary>
    public bool Knows(Listing listing)
    {
        standing.Clear();
        var languages = string.Join(' ', listing.Languages);
        var known = Read(ReadingsOf(WordField.Headline, languages), listing.Headline) & Read(ReadingsOf(WordField.Biography, languages), listing.Biography);
        foreach (var code in listing.Specialties)
            known &= ReadSpecialty(code);
        ReadName(listing.Name);
        return known;
    }

    /// <summary>Whether all its words are known.</summary>
    private bool Read(Reading[] readings, string? text)
    {
        var known = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        var all = true;
        foreach (var range in text.AsSpan().Split(' '))
        {
            if (!known.TryGetValue(text.AsSpan(range), out var piece))
                known[text.AsSpan(range)] = piece = new(text.AsSpan(range).ToString());
            foreach (var reading in readings)
            {
                if ((piece[reading] ?? Find(reading, piece)) is { } words)
                    standing.Add(words);
                else
                    all = false;
            }
        }

        return all;
    }

    /// <summary>What a piece is found by in a language; null when that has yet to be learnt.</summary>
    private Entry[]? Find(Reading reading, Piece piece)
    {
        if (learnt.TryGetValue((reading.Language, piece.Text), out var words))
            return piece[reading] = [.. words.Distinct().Select(word => EntryOf(reading.Field, word))];
        unknown.Add((reading.Language, piece.Text));
        return null;
    }

    private bool ReadSpecialty(string code)
    {
        if (!specialties.TryGetValue(code, out var words))
        {
            var before = standing.Count;
            if (!Read(ReadingsOf(WordField.Specialty, Stems.Common), TextOf(code)))
                return false;
            specialties[code] = words = [.. standing[before..].SelectMany(piece => piece).Distinct()];
            standing.RemoveRange(before, standing.Count - before);
        }

        standing.Add(words);
        return true;
    }

    private void ReadName(string? name)
    {
        var known = names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in name.AsSpan().Split(' '))
        {
            if (!known.TryGetValue(name.AsSpan(range), out var words))
                known[name.AsSpan(range)] = words = [.. Written.In(name.AsSpan(range).ToString()).SelectMany(part => EntriesOf(part.Plain)).Distinct()];
            standing.Add(words);
        }
    }

    private IEnumerable<Entry> EntriesOf(string name)
    {
        yield return EntryOf(WordField.Name, name);
        for (var length = 1; length <= ShortBeginning && length <= name.Length; length++)
            yield return EntryOf(WordField.Beginning, name[..length]);
    }

    private Reading[] ReadingsOf(WordField field, string languages) =>
        CollectionsMarshal.GetValueRefOrAddDefault(readingsOf, (field, languages), out _) ??=
        [
            .. languages.Split(' ').Intersect(Stems.Languages).Union([Stems.Common])
                .Select(language => CollectionsMarshal.GetValueRefOrAddDefault(readings, (field, language), out _) ??= new(field, language, readings.Count - 1)),
        ];

    /// <summary>All that a specialty, and what it is part of, is called, the words of its code among them.</summary>
    private static string TextOf(string specialty)
    {
        var codes = Taxonomy.Current.WithParents([specialty]);
        return string.Join(' ', Taxonomy.Current.Specialties.Where(s => codes.Contains(s.Code)).SelectMany(s => s.Synonyms.Prepend(s.Name).Append(s.Code.Replace('-', ' '))));
    }

    /// <summary>The rows of the block, in the order of the table's key; nothing is left for the next block.</summary>
    public IReadOnlyList<Row> Take()
    {
        var rows = new List<Row>();
        foreach (var entry in entries.Values)
        {
            if (entry.Take() is { Length: > 0 } places)
                rows.Add(places.Length < Many ? new(entry.Field, entry.Word, MemoryMarshal.AsBytes(places).ToArray(), null) : new(entry.Field, entry.Word, [], Bits(places)));
        }

        rows.Sort((a, b) => a.Field != b.Field ? a.Field - b.Field : string.CompareOrdinal(a.Word, b.Word));
        return rows;
    }

    private static byte[] Bits(ReadOnlySpan<ushort> places)
    {
        var bits = new byte[Block / 8];
        foreach (var place in places)
            bits[place >> 3] |= (byte)(1 << (place & 7));
        return bits;
    }

    private Entry EntryOf(WordField field, string word) =>
        CollectionsMarshal.GetValueRefOrAddDefault(entries, (field, word), out _) ??= new(field, word);

    /// <param name="Few">Places, two bytes each, the lower first.</param>
    /// <param name="Many">Instead: a bit for each number of the block.</param>
    public sealed record Row(WordField Field, string Word, byte[] Few, byte[]? Many);

    /// <summary>How a field is read by whoever speaks a language.</summary>
    private sealed record Reading(WordField Field, string Language, int Number);

    /// <summary>What stands between two spaces, and what it is found by, as far as that has been met.</summary>
    private sealed class Piece(string text)
    {
        private Entry[]?[] found = [];

        public string Text { get; } = text;

        public Entry[]? this[Reading reading]
        {
            get => reading.Number < found.Length ? found[reading.Number] : null;
            set
            {
                if (reading.Number >= found.Length)
                    Array.Resize(ref found, reading.Number + 1);
                found[reading.Number] = value;
            }
        }
    }

    private sealed class Entry(WordField field, string word)
    {
        private ushort[] places = new ushort[2];
        private int count;

        public WordField Field { get; } = field;
        public string Word { get; } = word;

        public void Add(ushort place)
        {
            if (count > 0 && places[count - 1] == place)
                return;
            if (count == places.Length)
                Array.Resize(ref places, count * 2);
            places[count++] = place;
        }

        /// <summary>In their order. The room stays for the next block: new lists would live just long enough to be costly.</summary>
        public ReadOnlySpan<ushort> Take()
        {
            var taken = places.AsSpan(0, count);
            taken.Sort();
            count = 0;
            return taken;
        }
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;

namespace Listings.Search;

/// <summary>What many spots are compared by.</summary>
/// <param name="Number">Of the practitioner, by which words find them; their own.</param>
/// <param name="Bits">All codes that hold there, whether credentials are valid today or not.</param>
/// <param name="From">The first day, of <see cref="Days"/>, on which all credentials are valid.</param>
/// <param name="To">The last.</param>
/// <param name="Soonest">Before all starts told, in minutes since 1970, whether they have passed or not; <see cref="VisitsFound.None"/> when none were told.</param>
/// <param name="Cheapest">Of <see cref="PriceLevel"/>: no visit but an introductory call is cheaper.</param>
internal readonly record struct Row(int Number, Bits Bits, ushort From, ushort To, uint Soonest, ushort Cheapest);

/// <summary>
/// The rows of a leaf's spots, turned over: of each sixty-four spots, for every code that any spot of the leaf has, the set of those that have it.
/// So they are compared and counted sixty-four at a time, and codes that nobody there has take no room.
/// </summary>
/// <param name="any">All bits of any of them.</param>
internal sealed class Columns(ReadOnlySpan<Row> rows, in Bits any)
{
    private readonly Bits any = any;
    private readonly ulong[] sets = Turned(rows, any);
    private readonly int[] numbers = Of(rows, row => row.Number);
    private readonly ushort[] from = Of(rows, row => row.From);
    private readonly ushort[] to = Of(rows, row => row.To);
    private readonly uint[] soonest = Of(rows, row => row.Soonest);
    private readonly ushort[] cheapest = Of(rows, row => row.Cheapest);

    /// <summary>The least of <see cref="soonest"/>; null until somebody has looked for it.</summary>
    private LeafSoonest? leaf;

    private EarliestStarts? earliest;

    /// <summary>By the clock of which, in minutes since 1970, starts that had passed were left out of <see cref="soonest"/>; the latest.</summary>
    private uint asOf;

    public Block this[int block]
    {
        get
        {
            var width = any.Count();
            return new(in any, sets.AsSpan(block * width, width));
        }
    }

    public int NumberOf(int i) => numbers[i];

    /// <summary>Who of a block has a credential that is not valid on a day.</summary>
    public ulong Lapsed(int block, int day)
    {
        var lapsed = 0UL;
        var (begin, end) = (block * Block.Size, Math.Min((block + 1) * Block.Size, from.Length));
        var today = Vector128.Create((ushort)day);
        var i = begin;
        for (; i + Vector128<ushort>.Count <= end; i += Vector128<ushort>.Count)
        {
            var outside = Vector128.LessThan(today, Vector128.Create(from, i)) | Vector128.GreaterThan(today, Vector128.Create(to, i));
            lapsed |= (ulong)outside.ExtractMostSignificantBits() << (i - begin);
        }

        for (; i < end; i++)
            lapsed |= (IsLapsed(i, day) ? 1UL : 0) << (i - begin);
        return lapsed;
    }

    public bool IsLapsed(int i, int day) => day < from[i] || day > to[i];

    /// <summary>In minor units: no visit but an introductory call is cheaper.</summary>
    public long CheapestOf(int i) => PriceLevel.Least(cheapest[i]);

    /// <summary>
    /// In minutes since 1970: no visit can begin sooner at a moment that is <paramref name="now"/>. By a clock behind those of others, as that of a
    /// walk through pages is, starts count that have passed by theirs, and this says nothing.
    /// </summary>
    public uint SoonestOf(int i, uint now)
    {
        var bound = Volatile.Read(ref soonest[i]);
        return Volatile.Read(ref asOf) <= now ? bound : 0;
    }

    /// <summary>
    /// Time has passed, and no visit can begin sooner than this any more: the one thing that changes in a leaf that is shown. The clock is set first,
    /// so that whoever reads the new bound knows by which it holds.
    /// </summary>
    public void Later(int i, uint now, uint bound)
    {
        for (var known = asOf; known < now; known = asOf)
            Interlocked.CompareExchange(ref asOf, now, known);
        Volatile.Write(ref soonest[i], bound);
    }

    public LeafSoonest? Leaf
    {
        get => Volatile.Read(ref leaf);
        set => Volatile.Write(ref leaf, value);
    }

    /// <summary>Null until somebody has looked for it.</summary>
    public EarliestStarts? Earliest
    {
        get => Volatile.Read(ref earliest);
        set => Volatile.Write(ref earliest, value);
    }

    /// <param name="told">Before all starts told.</param>
    public Row Row(int i, uint told)
    {
        var (bits, at) = (new Bits(), 0);
        var all = this[i / Block.Size].Sets;
        for (var word = 0; word < Bits.Words; word++)
        {
            for (var left = any[word]; left != 0; left &= left - 1)
                bits[word] |= (all[at++] >> (i % Block.Size) & 1) << BitOperations.TrailingZeroCount(left);
        }

        return new(numbers[i], bits, from[i], to[i], told, cheapest[i]);
    }

    private static ulong[] Turned(ReadOnlySpan<Row> rows, in Bits any)
    {
        var width = any.Count();
        var sets = new ulong[Block.Of(rows.Length) * width];
        for (var i = 0; i < rows.Length; i++)
        {
            var bits = rows[i].Bits;
            for (var word = 0; word < Bits.Words; word++)
            {
                for (var left = bits[word]; left != 0; left &= left - 1)
                    sets[(i / Block.Size * width) + any.Before(word, left)] |= 1UL << (i % Block.Size);
            }
        }

        return sets;
    }

    private static T[] Of<T>(ReadOnlySpan<Row> rows, Func<Row, T> part)
    {
        var all = new T[rows.Length];
        for (var i = 0; i < all.Length; i++)
            all[i] = part(rows[i]);
        return all;
    }
}

/// <summary>By a clock, in minutes since 1970: what nothing in a leaf comes before when sorted by its first start.</summary>
internal sealed record LeafSoonest(uint AsOf, Rank Least);

/// <summary>The sets of sixty-four spots: a bit for each of them.</summary>
/// <param name="any">The codes of which there are sets.</param>
/// <param name="sets">In the order of the codes' bits.</param>
internal readonly ref struct Block(ref readonly Bits any, ReadOnlySpan<ulong> sets)
{
    public const int Size = 64;

    private readonly ref readonly Bits any = ref any;

    public ReadOnlySpan<ulong> Sets { get; } = sets;

    /// <summary>How many blocks so many spots take.</summary>
    public static int Of(int spots) => (spots + Size - 1) / Size;

    /// <summary>The codes of a kind that any spot of the leaf has.</summary>
    public ulong CodesOf(Kind kind) => any[kind.Word] & kind.All;

    /// <summary>Where the set of the lowest of some bits lies.</summary>
    public int At(Kind kind, ulong bits) => any.Before(kind.Word, bits);

    /// <summary>Who has any of some codes of a kind.</summary>
    public ulong WithAny(Kind kind, ulong mask)
    {
        var found = 0UL;
        for (var left = mask & any[kind.Word]; left != 0; left &= left - 1)
            found |= Sets[At(kind, left)];
        return found;
    }

    /// <summary>Who has all of some codes of a kind.</summary>
    public ulong WithAll(Kind kind, ulong mask)
    {
        if ((mask & ~any[kind.Word]) != 0)
            return 0;
        var found = ulong.MaxValue;
        for (var left = mask; left != 0; left &= left - 1)
            found &= Sets[At(kind, left)];
        return found;
    }

    /// <summary>The same with other sets of the same codes.</summary>
    public Block With(ReadOnlySpan<ulong> others) => new(in any, others);
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Availability;

/// <summary>
/// A set of five-minute cells of UTC, one bit for each, from a first cell on. Cells are numbered from there; edges are half-open and may lie outside,
/// where nothing is kept.
/// </summary>
public sealed class Cells
{
    private readonly int _count;
    private readonly ulong[] _words;

    /// <summary>An empty set.</summary>
    /// <param name="count">How many cells it may have.</param>
    public Cells(int count)
    {
        _count = count;
        // One word more, so that looking a word ahead never looks outside.
        _words = new ulong[(count >> 6) + 2];
    }

    private Cells(Cells other)
    {
        _count = other._count;
        _words = other._words.AsSpan().ToArray();
    }

    public Cells Copy() => new(this);

    public int Size
    {
        get
        {
            var size = 0;
            foreach (var word in _words)
                size += BitOperations.PopCount(word);
            return size;
        }
    }

    /// <summary>The set itself, 64 cells a word, lowest bit first.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    public void Add(long from, long until)
    {
        if (!Clamp(ref from, ref until))
            return;
        var (first, last) = ((int)(from >> 6), (int)((until - 1) >> 6));
        var (head, tail) = (ulong.MaxValue << (int)(from & 63), ulong.MaxValue >> (int)(-until & 63));
        if (first == last)
        {
            _words[first] |= head & tail;
            return;
        }

        _words[first] |= head;
        for (var i = first + 1; i < last; i++)
            _words[i] = ulong.MaxValue;
        _words[last] |= tail;
    }

    public void Remove(long from, long until)
    {
        if (!Clamp(ref from, ref until))
            return;
        var (first, last) = ((int)(from >> 6), (int)((until - 1) >> 6));
        var (head, tail) = (ulong.MaxValue << (int)(from & 63), ulong.MaxValue >> (int)(-until & 63));
        if (first == last)
        {
            _words[first] &= ~(head & tail);
            return;
        }

        _words[first] &= ~head;
        for (var i = first + 1; i < last; i++)
            _words[i] = 0;
        _words[last] &= ~tail;
    }

    /// <summary>Adds <paramref name="from"/> and, step by step, each cell after it that lies before <paramref name="until"/>.</summary>
    public void AddEach(long from, long until, Comb comb)
    {
        while (from < 0)
            from += comb.Step;
        var end = Math.Min(until, _count);
        for (var cell = from; cell < end; cell += comb.Length)
        {
            var teeth = end - cell < 64 ? comb.Teeth & ~(ulong.MaxValue << (int)(end - cell)) : comb.Teeth;
            _words[cell >> 6] |= teeth << (int)cell;
            _words[(cell >> 6) + 1] |= teeth >> 1 >> (int)(~cell & 63);
        }
    }

    /// <summary>Keeps what both have; the other may be smaller.</summary>
    public void Intersect(Cells other)
    {
        var both = _words.AsSpan(0, other._words.Length);
        ReadOnlySpan<ulong> others = other._words;
        for (var i = 0; i < both.Length; i++)
            both[i] &= others[i];
        _words.AsSpan(both.Length).Clear();
    }

    /// <summary>Keeps the cells that begin <paramref name="length"/> cells in a row, in as many rounds as the length has binary digits.</summary>
    public void KeepBeginnings(int length)
    {
        for (var inARow = 1; inARow < length;)
        {
            var shift = Math.Min(inARow, length - inARow);
            AndLater(shift);
            inARow += shift;
        }
    }

    /// <summary>Whether any cell from <paramref name="from"/> until before <paramref name="until"/> is in the set.</summary>
    public bool Any(long from, long until)
    {
        if (!Clamp(ref from, ref until))
            return false;
        var (first, last) = ((int)(from >> 6), (int)((until - 1) >> 6));
        var (head, tail) = (ulong.MaxValue << (int)(from & 63), ulong.MaxValue >> (int)(-until & 63));
        if (first == last)
            return (_words[first] & head & tail) != 0;
        if ((_words[first] & head) != 0 || (_words[last] & tail) != 0)
            return true;
        return _words.AsSpan(first + 1, last - first - 1).ContainsAnyExcept(0UL);
    }

    /// <summary>Keeps the cells whose <paramref name="shift"/>th successor is in the set too.</summary>
    private void AndLater(int shift)
    {
        var (whole, part) = (shift >> 6, shift & 63);
        var words = _words.AsSpan();
        var later = words[Math.Min(whole, words.Length)..];
        var next = words[Math.Min(whole + 1, words.Length)..];

        // Many words at once; none is written before it has been read, since all that is read lies at it or after it.
        var manyWords = MemoryMarshal.Cast<ulong, Vector<ulong>>(words);
        var manyLater = MemoryMarshal.Cast<ulong, Vector<ulong>>(later);
        var manyNext = MemoryMarshal.Cast<ulong, Vector<ulong>>(next);
        for (var i = 0; i < manyNext.Length; i++)
            manyWords[i] &= (manyLater[i] >> part) | (manyNext[i] << 1 << (63 - part));
        for (var i = manyNext.Length * Vector<ulong>.Count; i < next.Length; i++)
            words[i] &= (later[i] >> part) | (next[i] << 1 << (63 - part));
        words[next.Length..].Clear();
    }

    private bool Clamp(ref long from, ref long until)
    {
        from = Math.Max(from, 0);
        until = Math.Min(until, _count);
        return from < until;
    }
}

/// <summary>A cell and those that follow it in equal steps, as many as a word has room for, so that they are added at once.</summary>
public readonly struct Comb
{
    /// <param name="step">Cells from one to the next, at least 1.</param>
    public Comb(int step)
    {
        Step = step;
        do
        {
            Teeth |= 1UL << Length;
            Length += step;
        }
        while (Length < 64);
    }

    public int Step { get; }

    public ulong Teeth { get; }

    /// <summary>Cells from its first to the first of the comb after it.</summary>
    public int Length { get; }
}

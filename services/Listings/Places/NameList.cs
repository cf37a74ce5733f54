namespace Listings.Places;

/// <summary>
/// Names in plain spelling, in order, so that those that begin alike lie side by side: what begins as typed is a range of them, and what was
/// mistyped is found by walking their beginnings as the branches of a tree (<see cref="Mistyped"/>), without any structure beside the names.
/// </summary>
internal sealed class NameList
{
    private readonly char[] letters;
    private readonly int[] starts;
    private readonly int[] owners;

    /// <param name="names">In any order, each with what it stands for.</param>
    public NameList(IReadOnlyCollection<(string Name, int Owner)> names)
    {
        var ordered = names.ToArray();
        Array.Sort(ordered, (a, b) => string.CompareOrdinal(a.Name, b.Name) is var by && by != 0 ? by : a.Owner.CompareTo(b.Owner));
        letters = new char[ordered.Sum(n => n.Name.Length)];
        starts = new int[ordered.Length + 1];
        owners = new int[ordered.Length];
        for (var i = 0; i < ordered.Length; i++)
        {
            var (name, owner) = ordered[i];
            name.CopyTo(letters.AsSpan(starts[i]));
            starts[i + 1] = starts[i] + name.Length;
            owners[i] = owner;
        }
    }

    public int Count => owners.Length;

    public ReadOnlySpan<char> this[int i] => letters.AsSpan(starts[i]..starts[i + 1]);

    public int LengthOf(int i) => starts[i + 1] - starts[i];

    public int OwnerOf(int i) => owners[i];

    /// <summary>The range of names that begin like this, exact matches first; its end is exclusive.</summary>
    public (int From, int To) Begun(ReadOnlySpan<char> beginning)
    {
        var (from, to) = (0, Count);
        for (var depth = 0; depth < beginning.Length && from < to; depth++)
        {
            from = FirstAt(from, to, depth, beginning[depth]);
            to = FirstAt(from, to, depth, beginning[depth] + 1);
        }

        return (from, to);
    }

    /// <summary>The first of the names <paramref name="from"/> to <paramref name="to"/>, which share <paramref name="depth"/> letters, whose next letter is not less than <paramref name="letter"/>; the end when there is none.</summary>
    public int FirstAt(int from, int to, int shared, int letter)
    {
        // Mostly it is near: doubled steps, then halved ones.
        for (var step = 1; from + step < to; step *= 2)
        {
            if (LetterAt(from + step, shared) >= letter)
            {
                to = from + step;
                break;
            }

            from += step;
        }

        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (LetterAt(middle, shared) >= letter)
                to = middle;
            else
                from = middle + 1;
        }

        return from;
    }

    /// <summary>−1 where a name has ended.</summary>
    public int LetterAt(int i, int place) => starts[i] + place < starts[i + 1] ? letters[starts[i] + place] : -1;
}

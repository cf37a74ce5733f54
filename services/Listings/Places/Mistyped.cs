namespace Listings.Places;

/// <summary>
/// Finds the names that begin with what somebody meant to type: letters left out, added, changed, swapped with the next or the one after it, or an f for a ph.
/// It walks the names as a tree of beginnings and counts, letter by letter, the fewest errors that lead there; where there are too many, all names
/// below are skipped at once.
/// </summary>
internal ref struct Mistyped
{
    /// <summary>Letters of the shortest text that may hold one error; shorter words are all alike.</summary>
    public const int ShortestWithOneError = 4;

    /// <summary>Letters of the shortest text that may hold two errors.</summary>
    public const int ShortestWithTwoErrors = 7;

    private readonly NameList names;
    private readonly ReadOnlySpan<char> typed;
    private readonly int most;

    /// <summary>Row by row, for each length of a name's beginning and each of the typed text's: the fewest errors between them.</summary>
    private readonly int[] errors;
    private readonly int width;
    private readonly List<(int From, int To)> found = [];

    private Mistyped(NameList names, ReadOnlySpan<char> typed, int most)
    {
        this.names = names;
        this.typed = typed;
        this.most = most;
        width = typed.Length + 1;
        errors = new int[(typed.Length + most + 2) * width];
        for (var j = 0; j < width; j++)
            errors[j] = j;
    }

    /// <summary>The names with a beginning exactly <paramref name="most"/> errors from <paramref name="typed"/>, and none nearer.</summary>
    /// <param name="most">1, or 2: then only names with the same first letter, since more than that is hardly ever mistyped.</param>
    public static IReadOnlyList<(int From, int To)> In(NameList names, ReadOnlySpan<char> typed, int most)
    {
        var walk = new Mistyped(names, typed, most);
        if (most == 1)
            walk.Below(0, names.Count, 0, int.MaxValue);
        else if (names.Begun(typed[..1]) is var (from, to) && from < to)
            walk.Into(from, to, 0, typed[0], int.MaxValue);
        return walk.found;
    }

    /// <param name="depth">How many letters the names share.</param>
    /// <param name="best">The fewest errors of a shorter beginning.</param>
    private readonly void Below(int from, int to, int depth, int best)
    {
        var row = RowOf(depth);
        best = Math.Min(best, row[^1]);
        var least = int.MaxValue;
        foreach (var fewest in row)
            least = Math.Min(least, fewest);
        if (least > most || best <= least)
        {
            Keep(from, to, best);
            return;
        }

        // The first ones may end here.
        var ended = names.FirstAt(from, to, depth, 0);
        Keep(from, ended, best);
        if (least < most)
            IntoAll(ended, to, depth, best);
        else
            IntoTyped(ended, to, depth, best);
    }

    private readonly void IntoAll(int from, int to, int depth, int best)
    {
        while (from < to)
        {
            var letter = (char)names.LetterAt(from, depth);
            var next = names.FirstAt(from, to, depth, letter + 1);
            Into(from, next, depth, letter, best);
            from = next;
        }
    }

    /// <summary>With no error to spare, only letters that were typed around here lead on.</summary>
    private readonly void IntoTyped(int from, int to, int depth, int best)
    {
        var near = typed[Math.Clamp(depth - most - 1, 0, typed.Length)..Math.Min(typed.Length, depth + most + 1)];
        if (from < to && !near.Contains('h') && near.Contains('f') && BeforeAt(from, depth) == 'p')
            near = (char[])[.. near, 'h'];
        for (var i = 0; i < near.Length && from < to; i++)
        {
            if (near[..i].Contains(near[i]))
                continue;
            var first = names.FirstAt(from, to, depth, near[i]);
            if (first < to && names.LetterAt(first, depth) == near[i])
                Into(first, names.FirstAt(first, to, depth, near[i] + 1), depth, near[i], best);
        }
    }

    private readonly void Into(int from, int to, int depth, char letter, int best)
    {
        var last = BeforeAt(from, depth);
        var before = RowOf(depth);
        var row = RowOf(depth + 1);
        row[0] = depth + 1;
        for (var j = 1; j < row.Length; j++)
        {
            var fewest = Math.Min(Math.Min(before[j], row[j - 1]) + 1, before[j - 1] + (letter == typed[j - 1] ? 0 : 1));
            if (j > 1 && letter == typed[j - 2] && last == typed[j - 1])
                fewest = Math.Min(fewest, RowOf(depth - 1)[j - 2] + 1);
            if (j > 2 && letter == typed[j - 3] && last == typed[j - 2] && BeforeAt(from, depth - 1) == typed[j - 1])
                fewest = Math.Min(fewest, RowOf(depth - 2)[j - 3] + 1);
            if (letter == 'h' && last == 'p' && typed[j - 1] == 'f')
                fewest = Math.Min(fewest, RowOf(depth - 1)[j - 1] + 1);
            if (letter == 'f' && j > 1 && typed[j - 1] == 'h' && typed[j - 2] == 'p')
                fewest = Math.Min(fewest, before[j - 2] + 1);
            row[j] = fewest;
        }

        Below(from, to, depth + 1, best);
    }

    /// <summary>The letter before, −1 at the beginning.</summary>
    private readonly int BeforeAt(int name, int depth) => depth > 0 ? names.LetterAt(name, depth - 1) : -1;

    private readonly Span<int> RowOf(int depth) => errors.AsSpan(depth * width, width);

    private readonly void Keep(int from, int to, int best)
    {
        if (best == most && from < to)
            found.Add((from, to));
    }
}

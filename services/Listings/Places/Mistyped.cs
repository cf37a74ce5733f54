namespace Listings.Places;

/// <summary>
/// Finds the names that begin as somebody meant to type: letters left out, added, changed, or swapped with the next. It walks the names as a tree of
/// beginnings and counts, letter by letter, the fewest errors that lead there; where they are too many, all names below are left at once.
/// </summary>
internal ref struct Mistyped
{
    /// <summary>Shorter words are all alike.</summary>
    public const int ShortestOnce = 4;
    public const int ShortestTwice = 8;

    private readonly NameList names;
    private readonly ReadOnlySpan<char> typed;
    private readonly int most;

    /// <summary>For each length of a name's beginning, and each of the typed text's, the errors between them.</summary>
    private readonly int[,] errors;
    private readonly List<(int From, int To)> found = [];

    private Mistyped(NameList names, ReadOnlySpan<char> typed, int most)
    {
        this.names = names;
        this.typed = typed;
        this.most = most;
        errors = new int[typed.Length + most + 2, typed.Length + 1];
        for (var j = 0; j <= typed.Length; j++)
            errors[0, j] = j;
    }

    /// <summary>The names with a beginning that is exactly so many errors from <paramref name="typed"/>, and none that is nearer.</summary>
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

    /// <param name="depth">So many letters the names share.</param>
    /// <param name="best">The fewest errors of a shorter beginning.</param>
    private readonly void Below(int from, int to, int depth, int best)
    {
        best = Math.Min(best, errors[depth, typed.Length]);
        var least = int.MaxValue;
        for (var j = 0; j <= typed.Length; j++)
            least = Math.Min(least, errors[depth, j]);
        if (least > most || best <= least)
        {
            Keep(from, to, best);
            return;
        }

        // The first ones may end here.
        var ended = names.FirstAt(from, to, depth, 0);
        Keep(from, ended, best);
        from = ended;
        // Without an error left, only a letter that was typed about here leads on.
        var near = typed[Math.Clamp(depth - most - 1, 0, typed.Length)..Math.Min(typed.Length, depth + most + 1)];
        while (from < to)
        {
            var letter = (char)names.LetterAt(from, depth);
            var next = names.FirstAt(from, to, depth, letter + 1);
            if (least < most || near.Contains(letter))
                Into(from, next, depth, letter, best);
            from = next;
        }
    }

    private readonly void Into(int from, int to, int depth, char letter, int best)
    {
        var swapped = depth > 0 ? names.LetterAt(from, depth - 1) : -1;
        errors[depth + 1, 0] = depth + 1;
        for (var j = 1; j <= typed.Length; j++)
        {
            var fewest = Math.Min(
                Math.Min(errors[depth, j], errors[depth + 1, j - 1]) + 1,
                errors[depth, j - 1] + (letter == typed[j - 1] ? 0 : 1));
            if (j > 1 && letter == typed[j - 2] && swapped == typed[j - 1])
                fewest = Math.Min(fewest, errors[depth - 1, j - 2] + 1);
            errors[depth + 1, j] = fewest;
        }

        Below(from, to, depth + 1, best);
    }

    private readonly void Keep(int from, int to, int best)
    {
        if (best == most && from < to)
            found.Add((from, to));
    }
}

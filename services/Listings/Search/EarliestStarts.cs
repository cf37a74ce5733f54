namespace Listings.Search;

/// <summary>
/// How early visits of a leaf begin on each weekday, in each part of the day: none begins sooner after the day has begun. Weeks pass without changing it.
/// </summary>
internal sealed class EarliestStarts
{
    /// <summary>In minutes, of a weekday and part in which nothing begins.</summary>
    public const int Never = int.MaxValue;

    private readonly int[] minutes = new int[Week.Weekdays * SearchWindow.DayParts];

    public EarliestStarts(Node leaf)
    {
        Array.Fill(minutes, Never);
        for (var i = 0; i < leaf.Count; i++)
        {
            var reader = new VisitsReader(leaf.PackedOf(i));
            while (reader.Next(out var visit))
                visit.Free.AddTo(this);
        }
    }

    public int this[int weekday, int part] => minutes[At(weekday, part)];

    /// <param name="first">As in <see cref="Week"/>: where it was not told when, the day itself counts.</param>
    public void Take(int weekday, int part, int first)
    {
        if (first != Week.Nothing)
            minutes[At(weekday, part)] = Math.Min(this[weekday, part], Math.Max(0, first));
    }

    private static int At(int weekday, int part) => (weekday * SearchWindow.DayParts) + part;
}

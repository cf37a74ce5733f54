namespace Availability;

/// <summary>A set of instants, as stretches in ascending order that neither overlap nor touch.</summary>
public sealed class Stretches
{
    private readonly List<Stretch> _ordered = [];

    /// <param name="parts">In any order; may overlap or touch each other (they are joined); those without an instant in them are ignored.</param>
    public Stretches(IEnumerable<Stretch> parts)
    {
        foreach (var part in parts.Where(p => p.From < p.Until).OrderBy(p => p.From))
        {
            if (_ordered.Count > 0 && part.From <= _ordered[^1].Until)
            {
                if (part.Until > _ordered[^1].Until)
                    _ordered[^1] = _ordered[^1] with { Until = part.Until };
            }
            else
            {
                _ordered.Add(part);
            }
        }
    }

    /// <summary>True when every instant of <paramref name="stretch"/> belongs to the set.</summary>
    public bool Cover(Stretch stretch) => LastBefore(stretch) is { } last && last.From <= stretch.From && stretch.Until <= last.Until;

    /// <summary>True when some instant of <paramref name="stretch"/> belongs to the set.</summary>
    public bool Overlap(Stretch stretch) => LastBefore(stretch) is { } last && last.Overlaps(stretch);

    /// <summary>The last part that begins before the stretch ends: the only one that can cover it, and it overlaps if any does.</summary>
    private Stretch? LastBefore(Stretch stretch)
    {
        int low = 0, high = _ordered.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ordered[middle].From < stretch.Until)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : _ordered[low - 1];
    }
}

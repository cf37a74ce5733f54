using NodaTime;

namespace Availability;

/// <summary>A stretch that a practitioner set down once, in the local time of a location.</summary>
public abstract class DatedHours
{
    public required Guid Id { get; init; }
    public required Guid PractitionerId { get; init; }

    /// <summary>As a clock on the location's wall shows it; the first moment that belongs to the stretch.</summary>
    public required DateTime FromLocal { get; init; }

    /// <summary>The first moment that does not.</summary>
    public required DateTime ToLocal { get; init; }

    /// <summary>For the practitioner's own eyes.</summary>
    public string? Note { get; init; }

    /// <summary>How many of one kind a practitioner may have that are not <see cref="LongOver"/>: every look at their time reads those around it.</summary>
    internal const int Most = 1000;

    /// <summary>What ends by then is in no window that begins now, whatever is read around it.</summary>
    internal static DateTime LongOver(DateTimeOffset now) => Past(now).AddDays(-14);

    /// <summary>What ends by then on the wall is over in every zone.</summary>
    internal static DateTime Past(DateTimeOffset now) => DateTime.SpecifyKind(now.AddDays(-1).DateTime, DateTimeKind.Unspecified);

    internal LocalRange Range => RangeOf(FromLocal, ToLocal);

    internal static LocalRange RangeOf(DateTime from, DateTime to) => new(LocalDateTime.FromDateTime(from), LocalDateTime.FromDateTime(to));
}

/// <summary>A practitioner does not work then, at one location or (without one) anywhere, each location's clock counting.</summary>
public sealed class TimeOff : DatedHours
{
    public Guid? LocationId { get; init; }

    /// <summary>It comes back on the same days of every year; see <see cref="LocalRange.EveryYear"/> for 29 February.</summary>
    public bool EveryYear { get; init; }

    /// <summary>It is made of whole days.</summary>
    public bool AllDay => FromLocal.TimeOfDay == TimeSpan.Zero && ToLocal.TimeOfDay == TimeSpan.Zero;

    /// <summary>As far as it touches these dates, both included.</summary>
    internal IEnumerable<LocalRange> Between(LocalDate first, LocalDate last) => EveryYear ? Range.EveryYear(first, last) : Range.On(first, last) ? [Range] : [];

    /// <summary>Whether all of these days, the last included, are off at a location by this alone.</summary>
    internal bool Covers(Guid locationId, DateOnly first, DateOnly last)
    {
        var (from, to) = (LocalDate.FromDateOnly(first), LocalDate.FromDateOnly(last));
        return (LocationId is null || LocationId == locationId) && Between(from, to).Any(r => r.From <= from.AtMidnight() && r.To >= to.PlusDays(1).AtMidnight());
    }
}

/// <summary>A practitioner works then, besides the weekly hours.</summary>
public sealed class ExtraHours : DatedHours
{
    public required Guid LocationId { get; init; }
}

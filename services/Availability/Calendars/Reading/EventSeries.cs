using NodaTime;

namespace Availability;

/// <summary>The events that share a UID: one that may repeat, and those that replace some of its occurrences.</summary>
internal sealed class EventSeries
{
    /// <summary>What it costs to work out how a change for good shifts an event.</summary>
    private const int OneVersion = 10;

    private readonly CalendarEvent[] _events;
    private readonly CalendarEvent[] _changes;
    private readonly CalendarEvent[] _changesForGood;
    private readonly StartSet _replaced;
    private readonly Effort _effort;

    /// <param name="sameUid">
    /// Of several revisions of the same the highest SEQUENCE counts. Two that are equal in it may be two events of a careless program: both count.
    /// </param>
    public EventSeries(IEnumerable<CalendarEvent> sameUid, Effort effort)
    {
        var current = sameUid.GroupBy(e => (e.Replaces, e.ReplacesLaterToo)).SelectMany(revisions => Latest([.. revisions])).ToLookup(e => e.Replaces is null);
        _events = [.. current[true]];
        _changes = [.. current[false]];
        _changesForGood = [.. _changes.Where(change => change.ReplacesLaterToo)];
        _replaced = new StartSet(_changes.Select(change => change.Replaces), effort);
        _effort = effort;
    }

    /// <summary>All that takes time in the window, in no order; some of what does not may be among it.</summary>
    /// <exception cref="CalendarFormatException">A time cannot be read, or the effort is used up.</exception>
    public IEnumerable<Occurrence> Busy(Stretch window) =>
        _changes.Where(change => change.IsBusy).Select(change => change.First).Concat(_events.SelectMany(e => Busy(e, window)));

    private IEnumerable<Occurrence> Busy(CalendarEvent master, Stretch window)
    {
        _effort.Spend(OneVersion * _changesForGood.Length);
        if (!master.IsBusy && !_changesForGood.Any(change => change.IsBusy))
            yield break;

        // What the event is from when on: at first itself, and after each change that is for good something else.
        Version[] versions =
        [
            new(master, Instant.MinValue, 0),
            .. _changesForGood.Select(change => VersionOf(master, change)).OrderBy(version => version.Since),
        ];

        // Two days cover what walls differ by, and what a clock may be changed by.
        var busy = versions.Where(version => version.Event.IsBusy).ToArray();
        var from = window.From - busy.Max(v => v.Event.First.Length.Usual) - Duration.FromSeconds(busy.Max(v => v.Shift));
        var until = window.Until - Duration.FromSeconds(busy.Min(v => v.Shift));
        var excluded = master.Excluded(_effort);
        foreach (var planned in master.Occurrences(Wall(from).PlusDays(-2), Wall(until).PlusDays(2), _effort))
        {
            if (excluded.Names(planned.Start) || _replaced.Names(planned.Start))
                continue;
            var version = At(versions, planned.Start);
            if (version.Event.IsBusy)
                yield return version.Event == master ? planned : version.Instead(planned);
        }
    }

    private static Version VersionOf(CalendarEvent master, CalendarEvent change)
    {
        var replaced = master.LikeFirst(change.Replaces!.Value);
        // Moved by so much on the wall, so that what is put from nine to ten stays at ten when clocks change.
        var shift = change.IsBusy ? change.First.Start.In(master.First.Start.Zone).WallSeconds - replaced.In(master.First.Start.Zone).WallSeconds : 0;
        return new Version(change, replaced.Instant, shift);
    }

    /// <summary>The last that began at the start or before.</summary>
    private static Version At(Version[] versions, CalendarTime start)
    {
        if (versions.Length == 1)
            return versions[0];
        var index = Array.BinarySearch(versions, new Version(versions[0].Event, start.Instant, 0));
        return versions[index >= 0 ? index : ~index - 1];
    }

    private static CalendarEvent[] Latest(CalendarEvent[] revisions)
    {
        var highest = revisions.Max(revision => revision.Sequence);
        return [.. revisions.Where(revision => revision.Sequence == highest)];
    }

    private static LocalDateTime Wall(Instant instant) => instant.InUtc().LocalDateTime;

    /// <param name="Since">The first start that it is for.</param>
    /// <param name="Shift">Seconds on the wall by which it moves them.</param>
    private sealed record Version(CalendarEvent Event, Instant Since, long Shift) : IComparable<Version>
    {
        public int CompareTo(Version? other) => Since.CompareTo(other!.Since);

        public Occurrence Instead(Occurrence planned) =>
            Event.First with { Start = planned.Start with { Local = planned.Start.Local.PlusSeconds(Shift), IsDate = Event.First.Start.IsDate } };
    }
}

namespace Web.Peers;

public sealed record DeskDays(IReadOnlyList<DeskDay> Days);

/// <summary>One day of a practitioner, without the visits.</summary>
public sealed record DeskDay
{
    public DateOnly Date { get; init; }
    public IReadOnlyList<DayHours> Hours { get; init; } = [];
    public IReadOnlyList<DatedHours> ExtraHours { get; init; } = [];
    public IReadOnlyList<DatedHours> TimeOff { get; init; } = [];

    public bool IsClosed => Hours.Count + ExtraHours.Count == 0;

    /// <summary>Nobody can come: the whole day is off everywhere, or all that would be open is.</summary>
    public bool IsOff =>
        Takes(null, Date.ToDateTime(default), Date.AddDays(1).ToDateTime(default))
        || (!IsClosed && Hours.All(IsTaken) && ExtraHours.All(e => Takes(e.LocationId, e.From, e.To)));

    /// <summary>Whether all of these hours are off.</summary>
    public bool IsTaken(DayHours hours) => Takes(hours.LocationId, Date.ToDateTime(hours.From), Date.AddDays(hours.To > hours.From ? 0 : 1).ToDateTime(hours.To));

    private bool Takes(Guid? location, DateTime from, DateTime to) =>
        TimeOff.Any(t => (t.LocationId is null || t.LocationId == location) && t.From <= from && t.To >= to);
}

/// <param name="To">When it is not after <paramref name="From"/>, on the next day.</param>
public sealed record DayHours(Guid LocationId, TimeOnly From, TimeOnly To);

/// <summary>Time off or extra hours; local times of the location.</summary>
/// <param name="To">The first moment that does not belong to it.</param>
/// <param name="LocationId">Null for all.</param>
public sealed record DatedHours(Guid Id, DateTime From, DateTime To, Guid? LocationId, string? Note, bool AllDay = false, bool EveryYear = false);

/// <param name="From">A local date-time, or a date for whole days.</param>
/// <param name="To">The same; a date is included.</param>
public sealed record NewTimeOff(string From, string To, Guid? LocationId, string? Note, bool EveryYear);

public sealed record NewExtraHours(string From, string To, Guid? LocationId, string? Note);

public sealed record TakenOff
{
    public IReadOnlyList<object> Conflicts { get; init; } = [];
}

/// <summary>Public holidays, suggested as time off.</summary>
/// <param name="Source">Who publishes the list.</param>
public sealed record Holidays(IReadOnlyList<Holiday> Items, HolidaySource Source);

/// <param name="To">The last day, included.</param>
/// <param name="Locations">Where it is one.</param>
public sealed record Holiday(DateOnly From, DateOnly To, string Name, IReadOnlyList<HolidayAt> Locations)
{
    /// <summary>Where it is not off yet.</summary>
    public IEnumerable<Guid> Open => Locations.Where(l => !l.Taken).Select(l => l.LocationId);
}

public sealed record HolidayAt(Guid LocationId, bool Taken);

public sealed record HolidaySource(string Name, Uri Url, string Licence);

/// <summary>What calling a day off would do, or has done.</summary>
public record DayOff
{
    public IReadOnlyList<DayOffVisit> Visits { get; init; } = [];
    public IReadOnlyList<Price> Refunds { get; init; } = [];

    /// <summary>False while some of it is still under way.</summary>
    public bool Done { get; init; }
}

/// <param name="Called">What was called off before; null when nothing was.</param>
public sealed record DayOffPreview(DayOff? Called) : DayOff;

public sealed record DayOffVisit(Guid BookingId, DateTimeOffset Start, DateTimeOffset End, string Client, Price Refund);

/// <summary>An appointment that a practitioner writes down.</summary>
public sealed record NewVisit(Guid ServiceId, Guid LocationId, DateTimeOffset Start, NewVisitClient Client, AskedInPerson Safety, string? Reason);

public sealed record NewVisitClient(string Name, string Email, string? Phone);

public sealed record AskedInPerson([property: System.Text.Json.Serialization.JsonPropertyName("askedInPerson")] bool Asked);

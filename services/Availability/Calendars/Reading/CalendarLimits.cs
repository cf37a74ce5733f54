namespace Availability;

/// <summary>
/// What reading one feed may cost. Feeds are written by strangers: together these bound memory to a few times the text and time to a fraction of a
/// second. Years of a busy calendar stay far below each.
/// </summary>
internal static class CalendarLimits
{
    /// <summary>Characters of a feed, folds included: some five thousand events with their descriptions.</summary>
    public const int Text = 2 * 1024 * 1024;

    /// <summary>Characters of one content line, unfolded: room for a long description or a small picture.</summary>
    public const int Line = 256 * 1024;

    /// <summary>Components of all kinds, alarms too. Smaller than this, an event is not worth the name.</summary>
    public const int Components = 20_000;

    /// <summary>Components inside each other. The RFC needs three: a calendar, an event, an alarm.</summary>
    public const int Depth = 8;

    /// <summary>Characters of a zone's name. IANA's longest has 32, Windows' display names have about 80.</summary>
    public const int ZoneName = 255;

    /// <summary>Steps of <see cref="Effort"/> for all repetition in a feed. A hundred weekly events that go on for two years take about as many thousand.</summary>
    public const int Effort = 500_000;
}

namespace Bookings.Requesting;

/// <summary>What a client may wish for about touch. Codes alone: the taxonomy of Listings has their names.</summary>
public static class TouchPreferences
{
    public static IReadOnlyList<string> Codes { get; } = ["clothed", "no-mouth-work", "no-pelvic-contact", "little-talk", "ser-opt-in", "chaperone", "seated"];
}

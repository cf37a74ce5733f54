namespace Availability;

/// <summary>What an operator can set; see the settings in README.</summary>
public sealed class AvailabilityOptions
{
    /// <summary>How long a hold lasts; fractions are fine.</summary>
    public double HoldMinutes { get; set; } = 15;

    /// <summary>By how much a hold can be extended, once.</summary>
    public double HoldExtensionMinutes { get; set; } = 10;

    /// <summary>Unpaid holds that one e-mail address may have at a time.</summary>
    public int MaxHoldsPerClient { get; set; } = 5;

    /// <summary>Unpaid holds that one network address may have at a time.</summary>
    public int MaxHoldsPerAddress { get; set; } = 50;

    /// <summary>How long a hold that came to nothing is remembered.</summary>
    public double KeepReleasedHoldsDays { get; set; } = 30;

    public TimeSpan HoldLasts => TimeSpan.FromMinutes(HoldMinutes);

    public TimeSpan ExtensionLasts => TimeSpan.FromMinutes(HoldExtensionMinutes);
}

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

    /// <summary>Octets that an outside calendar may have, packed and unpacked.</summary>
    public int MaxFeedBytes { get; set; } = 2 << 20;

    /// <summary>Seconds between looks into an outside calendar that is in order, give or take a tenth.</summary>
    public double FeedPollSeconds { get; set; } = 240;

    /// <summary>How long an outside calendar may take to answer, redirects and all.</summary>
    public double FeedTimeoutSeconds { get; set; } = 15;

    /// <summary>Whether outside calendars may lie on this machine and private networks, and be fetched without encryption. Never in Production.</summary>
    public bool FeedsAllowPrivate { get; set; }

    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    public string SiteName { get; set; } = "Stillpoint";

    public TimeSpan HoldLasts => TimeSpan.FromMinutes(HoldMinutes);

    public TimeSpan ExtensionLasts => TimeSpan.FromMinutes(HoldExtensionMinutes);
}

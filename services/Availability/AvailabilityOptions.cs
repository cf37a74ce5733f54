namespace Availability;

/// <summary>Settings of this service; each is read from the environment variable of the same name.</summary>
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

    /// <summary>The largest outside calendar that is read, in bytes, compressed as well as not.</summary>
    public int MaxFeedBytes { get; set; } = 2 << 20;

    /// <summary>Seconds between two readings of an outside calendar that answers, give or take a tenth.</summary>
    public double FeedPollSeconds { get; set; } = 240;

    /// <summary>How long an outside calendar may take to answer, redirects and all.</summary>
    public double FeedTimeoutSeconds { get; set; } = 15;

    /// <summary>Whether outside calendars may be on this machine and private networks, and be fetched without encryption. Never in Production.</summary>
    public bool FeedsAllowPrivate { get; set; }

    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    public string SiteName { get; set; } = "Stillpoint";

    public TimeSpan HoldLasts => TimeSpan.FromMinutes(HoldMinutes);

    public TimeSpan ExtensionLasts => TimeSpan.FromMinutes(HoldExtensionMinutes);
}

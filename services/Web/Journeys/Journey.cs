using System.Globalization;

namespace Web.Journeys;

/// <summary>A booking being made: the chosen time and what the person has said so far. It lives in an encrypted cookie and nowhere else.</summary>
public sealed record Journey
{
    /// <summary>Each form carries it, so that a second window cannot book the first one's visit.</summary>
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required Guid ServiceId { get; init; }
    public required Guid LocationId { get; init; }
    public required DateTimeOffset Start { get; init; }
    public Guid? HoldId { get; init; }
    public string? HoldToken { get; init; }
    public DateTimeOffset? KeptUntil { get; init; }
    public bool Extended { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>By which clock the person wants to hear of times; null for the clock where the visit is.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Who will lie on the table; see <see cref="Visitors"/>.</summary>
    public string? For { get; init; }

    /// <summary>The version of the safety list of which the person said that nothing applies. What else they answer is not kept.</summary>
    public string? SafetyVersion { get; init; }

    /// <summary>Null until asked.</summary>
    public string[]? Touch { get; init; }
    public string? Note { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? ChildName { get; init; }
    public string? ChildBirthMonth { get; init; }
    public string? Street { get; init; }
    public string? Town { get; init; }
    public string? PostalCode { get; init; }

    public bool IsKept(DateTimeOffset now) => HoldToken is not null && KeptUntil > now;

    /// <summary>The first question that has no answer yet.</summary>
    public string NextStep =>
        For is null ? "/book/who"
        : SafetyVersion is null ? "/book/safety"
        : Touch is null ? "/book/touch"
        : Name is null || (Visitors.IsChild(For) && ChildBirthMonth is null) ? "/book/details"
        : "/book/review";

    /// <summary>The same for a visit on <paramref name="day"/>, when a child may be of another age than was said and thus need the other safety list.</summary>
    public Journey On(DateTimeOffset day) =>
        Visitors.IsChild(For) && Visitors.AtAge(ChildBirthMonth, day) is { } right && right != For ? this with { For = right, SafetyVersion = null } : this;
}

/// <summary>Who a visit can be for.</summary>
public static class Visitors
{
    public const string Me = "me";
    public const string AfterBirth = "after-birth";
    public const string Baby = "baby";
    public const string Child = "child";
    public const string Other = "other";

    public static bool IsKnown(string? visitor) => visitor is Me or AfterBirth or Baby or Child or Other;

    public static bool IsChild(string? visitor) => visitor is Baby or Child;

    /// <summary>As what a child comes on that day; null while its month of birth is not known, and in the month in which it turns one, when it may be either.</summary>
    /// <param name="birthMonth"><c>yyyy-MM</c>.</param>
    public static string? AtAge(string? birthMonth, DateTimeOffset day)
    {
        if (!DateOnly.TryParseExact(birthMonth, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
            return null;
        var months = ((day.Year - born.Year) * 12) + day.Month - born.Month;
        return months == 12 ? null : months < 12 ? Baby : Child;
    }

    /// <summary>Which safety list fits.</summary>
    public static string Screen(string? visitor) => visitor switch
    {
        Baby => "infant",
        Child => "child",
        AfterBirth => "after-birth",
        Other => "adult",
        _ => "self",
    };

    /// <summary>How the booking names the visitor.</summary>
    public static string Relation(string? visitor) => visitor switch
    {
        Baby or Child => "child",
        Other => "other",
        _ => "self",
    };
}

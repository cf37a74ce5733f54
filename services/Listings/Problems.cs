using Listings.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings;

/// <summary>What this service refuses, beyond what cannot be read.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound => Problem.NotFound;

    /// <summary>The account is not a practitioner's, whatever its role says.</summary>
    public static ProblemHttpResult NoPractitioner => Problem.Forbidden;

    public static ProblemHttpResult Stale => ETags.Stale;

    public static ProblemHttpResult Suspended { get; } =
        Problem.Conflict("state-conflict", "This listing is suspended", "Our moderators have written to you about it; please answer them.");

    public static ProblemHttpResult NothingToTakeBack { get; } =
        Problem.Conflict("state-conflict", "Nothing is published or waiting", "There is nothing to withdraw.");

    /// <summary>A moderator decides about something that has been decided, or does not wait for it.</summary>
    public static ProblemHttpResult NotWaiting(ListingStatus status) => Problem.Conflict(
        "state-conflict", "This is not waiting for that decision", extensions: [new("listingStatus", status)]);

    /// <summary>The listing cannot be published as it is: each issue, by field.</summary>
    public static ProblemHttpResult NotReady(IReadOnlyList<Issue> issues) => Problem.Of(
        400, "validation", "This cannot be published yet", extensions:
        [
            new("errors", issues.GroupBy(i => i.Path).ToDictionary(g => g.Key, g => g.Select(i => i.Words is null ? i.Message : $"“{i.Words}”: {i.Message} {i.Suggestion}").ToArray())),
            new("issues", issues),
        ]);
}

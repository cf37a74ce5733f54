using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>What this service refuses, and how it says so.</summary>
public static class Problems
{
    public static ProblemHttpResult NotAnOpening { get; } =
        Problem.Unprocessable("not-an-opening", "This time is not offered", "Choose one of the openings that are shown.");

    public static ProblemHttpResult HoldExpired { get; } =
        Problem.Of(410, "hold-expired", "The time is no longer held", "Choose it again, if it is still free.");

    public static ProblemHttpResult AlreadyExtended { get; } =
        Problem.Conflict("state-conflict", "The time has already been extended", "A hold can be extended once.");

    public static ProblemHttpResult TooManyHolds { get; } =
        Problem.Conflict("too-many-holds", "Too many times are being held at once", "Several times are held already. Pay for one of them, or wait until they are released.");

    public static ProblemHttpResult TooManyFreeVisits { get; } =
        Problem.Conflict("too-many-holds", "Too many visits that cost nothing are booked", "Many that cost nothing are booked already. Let one of them take place, or try again tomorrow.");

    public static ProblemHttpResult TooManyCalendars { get; } =
        Problem.Conflict("state-conflict", "You already have ten calendars", "Remove one of them first.");

    public static ProblemHttpResult TooManyDatedHours { get; } =
        Problem.Conflict("state-conflict", "You already have a thousand of these", "Remove some of them first.");

    public static ProblemHttpResult CalendarKnown { get; } =
        Problem.Conflict("state-conflict", "This calendar is already here", "To give it another name, remove it first.");

    public static ProblemHttpResult CalendarInOrder { get; } =
        Problem.Conflict("state-conflict", "This calendar is up to date", "If it should no longer count, remove it.");

    /// <summary>For practitioners who go against their own rules.</summary>
    public static ProblemHttpResult ReasonNeeded { get; } =
        Problem.Validation("reason", "This is outside your hours, too soon or too far ahead. Please say why you are booking it anyway.");

    /// <param name="alternatives">The openings nearest to the wanted time.</param>
    public static ProblemHttpResult SlotTaken(IReadOnlyList<Alternative> alternatives) =>
        Problem.Conflict("slot-taken", "That time is no longer free", "Others close to it are.", [new("alternatives", alternatives)]);
}

/// <summary>An opening near a time that is taken, with the offset of its location.</summary>
public sealed record Alternative(DateTimeOffset Start, DateTimeOffset End, Guid LocationId);

using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings;

/// <summary>What this service refuses, in words for the person who asked.</summary>
public static class Problems
{
    public static ProblemHttpResult NotFound => Problem.NotFound;

    public static ProblemHttpResult PolicyNotAccepted { get; } = Problem.Unprocessable(
        "policy-not-accepted", "Please accept the changes and refunds policy first", "Nothing has been kept or charged.");

    public static ProblemHttpResult SafetyRequired { get; } = Problem.Unprocessable(
        "safety-required", "Please read the short safety list first", "Answer it in the version that is offered now. Nothing has been kept or charged.");

    /// <summary>For practitioners who write an appointment down themselves.</summary>
    public static ProblemHttpResult SafetyToAsk { get; } = Problem.Unprocessable(
        "safety-required", "Please ask the client first", "Say that you have asked in person whether anything speaks against the visit.");

    public static ProblemHttpResult HoldExpired { get; } = Problem.Of(
        410, "hold-expired", "The time is no longer kept for you", "Please choose a time again. You have not been charged.");

    public static ProblemHttpResult NotBookableAtOnce { get; } = Problem.Unprocessable(
        "not-an-opening", "This visit cannot be booked instantly", "The practitioner answers requests for it in person.");

    public static ProblemHttpResult NotOfferedThere { get; } = Problem.Unprocessable(
        "not-an-opening", "This visit is not offered at that place");

    public static ProblemHttpResult NoNeedToWait { get; } = Problem.Conflict(
        "available-now", "There is no need to wait", "What you look for can be had now.");

    public static ProblemHttpResult TooManyWaiting { get; } = Problem.Conflict(
        "too-many-waiting", "Too many things are being waited for already", "Please leave one of the waiting lists first.");

    public static ProblemHttpResult NotCancellable { get; } = StateConflict("It is over, or has been cancelled already.");

    public static ProblemHttpResult NotMovable { get; } = StateConflict("Only a confirmed visit that has not begun can be moved.");

    public static ProblemHttpResult SafetyStop(string advice) => Problem.Unprocessable(
        "safety-stop", "Please see a doctor first", "You have not been charged, and we kept no answers.", [new("advice", advice)]);

    public static ProblemHttpResult StateConflict(string detail) => Problem.Conflict(
        "state-conflict", "This booking cannot be changed like that now", detail);
}

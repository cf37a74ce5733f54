using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Payments;

/// <summary>The refusals of Payments.</summary>
public static class Problems
{
    public static ProblemHttpResult ForgedSignature { get; } =
        Problem.Of(400, "forged-signature", "This was not signed by Stripe just now");

    public static ProblemHttpResult NotPayable { get; } =
        Problem.Unprocessable("not-payable", "This practitioner cannot be paid online yet");

    public static ProblemHttpResult RefundHasNotFailed { get; } =
        Problem.Conflict("state-conflict", "This refund has not failed, or is already being retried");

    public static ProblemHttpResult NoLongerToBePaid { get; } =
        Problem.Conflict("state-conflict", "There is nothing left to pay for this booking");
}

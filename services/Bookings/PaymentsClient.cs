using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings;

/// <summary>Payments, as far as bookings need it: a page on which the client pays.</summary>
public sealed class PaymentsClient(HttpClient http)
{
    /// <summary>One checkout per booking, however often it is asked for.</summary>
    public async Task<(Checkout? Checkout, ProblemHttpResult? Refusal)> Checkout(CheckoutRequest request, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/internal/checkouts", UriKind.Relative), request, Json.Strict, ct);
        return await PeerProblem.Read(answer, ct) is { } refusal
            ? (null, refusal)
            : (await answer.Content.ReadFromJsonAsync<Checkout>(Json.Tolerant, ct), null);
    }
}

/// <param name="Description">What the card statement and the payment page say; never more than whom the visit is with.</param>
public sealed record CheckoutRequest(
    Guid BookingId, Guid PractitionerId, bool Demo, Money Amount, string Description, string Email, Uri SuccessUrl, Uri CancelUrl, DateTimeOffset HoldExpiresAt);

public sealed record Checkout(string CheckoutUrl);

using System.Net;
using Contracts;
using Platform;

namespace Notifications.Peers;

/// <summary>What a mail may say about a booking, asked of its owner when the mail is composed.</summary>
public sealed class BookingsClient(HttpClient http)
{
    /// <summary>Null when the booking is gone.</summary>
    /// <exception cref="UnavailableException">Bookings does not answer.</exception>
    public async Task<Visit?> Find(Guid bookingId, CancellationToken ct)
    {
        using var response = await http.GetAsync($"/internal/bookings/{bookingId}/letter", ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Visit>(Json.Tolerant, ct);
    }

    /// <summary>Null when nobody waits any more.</summary>
    /// <exception cref="UnavailableException">Bookings does not answer.</exception>
    public async Task<Waiting?> FindWaiting(Guid entryId, CancellationToken ct)
    {
        using var response = await http.GetAsync($"/internal/waitlist/{entryId}/letter", ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Waiting>(Json.Tolerant, ct);
    }
}

/// <summary>Somebody on the waiting list. What they look for stays out on purpose.</summary>
/// <param name="PractitionerId">Null for somebody who waits for whoever fits.</param>
/// <param name="Until">From then on nobody looks any more.</param>
public sealed record Waiting(string Email, Guid? PractitionerId, DateTimeOffset Until, Uri ManageUrl);

/// <summary>A booking as its mails need it. Its service's name stays out on purpose: it may say what somebody comes for.</summary>
/// <param name="Status">As in the public contract, such as <c>confirmed</c>.</param>
/// <param name="TimeZone">The zone of the place of the visit.</param>
/// <param name="RefundDue">On its way back, beside what has gone back.</param>
public sealed record Visit(
    Guid Id, string Status, DateTimeOffset Start, DateTimeOffset End, string TimeZone, Guid PractitionerId, string PractitionerName,
    VisitPlace Location, VisitClient Client, Money Price, Money Paid, string? PolicyText, IReadOnlyList<RefundTier>? Tiers,
    Uri ManageUrl, bool ForSomeoneElse, Money? Refunded = null, Money? RefundDue = null);

/// <param name="Format"><c>inPerson</c>, <c>homeVisit</c> or <c>online</c>.</param>
public sealed record VisitPlace(string Name, string? AddressLine, string Locality, string? Region, string? Directions, string? Format);

/// <param name="Name">Empty where mails do not repeat it.</param>
public sealed record VisitClient(string Name, string Email, string? TimeZone);

/// <param name="Until">What cancelling up to this instant gives back.</param>
public sealed record RefundTier(DateTimeOffset? Until, Money Refund);

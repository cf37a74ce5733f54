using Microsoft.AspNetCore.Http.HttpResults;

namespace Bookings.Waitlist;

/// <summary>Looks whether a wish can be had now, with the same questions that anybody's search and choice of times ask.</summary>
public sealed class Wishes(ListingsClient listings, AvailabilityClient availability, TimeProvider clock)
{
    /// <returns>Why it cannot even be asked, as the owner says it: a place that nobody knows, a practitioner who is not there.</returns>
    /// <exception cref="Platform.UnavailableException">The service that knows does not answer.</exception>
    public Task<(bool CanBeHad, ProblemHttpResult? Refusal)> Look(Wish wish, CancellationToken ct) =>
        wish is { PractitionerId: { } practitioner, ServiceId: { } service }
            ? availability.HasOpening(practitioner, service, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), ct)
            : listings.Finds(wish.Search ?? "", ct);
}

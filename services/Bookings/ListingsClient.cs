using System.Net;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings;

/// <summary>Listings, as far as bookings need it: what a visit is, as it is offered now.</summary>
public sealed class ListingsClient(HttpClient http, Together<OfferingAsked, Offering?> together)
{
    /// <summary>
    /// Null when the practitioner is not published, or does not offer that service at that place. A crowd at one offering is answered together,
    /// yet nobody hears of a price that was another one when they asked.
    /// </summary>
    public Task<Offering?> Offering(OfferingAsked asked, CancellationToken ct) => together.Ask(asked, () => Read(asked), ct);

    /// <param name="search">The query of a search, as anybody may ask it.</param>
    public async Task<(bool Found, ProblemHttpResult? Refusal)> Finds(string search, CancellationToken ct)
    {
        using var answer = await http.GetAsync(new Uri($"/api/v1/practitioners?limit=1&{search}", UriKind.Relative), ct);
        return await PeerProblem.Read(answer, ct) is { } refusal
            ? (false, refusal)
            : ((await answer.Content.ReadFromJsonAsync<Found>(Json.Tolerant, ct))!.Total > 0, null);
    }

    private async Task<Offering?> Read(OfferingAsked asked)
    {
        var path = $"/internal/offerings/{asked.PractitionerId}/{asked.ServiceId}?locationId={asked.LocationId}";
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode is HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Offering>(Json.Tolerant);
    }
}

/// <summary>Of a search's answer, how many people it found.</summary>
public sealed record Found(int Total);

/// <summary>Which visit is meant, with whom and where.</summary>
public sealed record OfferingAsked(Guid PractitionerId, Guid ServiceId, Guid LocationId);

/// <summary>One visit as a practitioner offers it at one place.</summary>
/// <param name="DepositPercent">The part of the price that is paid online.</param>
public sealed record Offering(OfferingPractitioner Practitioner, OfferingService Service, Place Location, OfferingPolicy Policy, int DepositPercent)
{
    public Money DueNow => Service.Price.Share(DepositPercent * 100);
}

/// <param name="Demo">An invented person, for whom no real money may be taken.</param>
public sealed record OfferingPractitioner(Guid Id, string Slug, string Name, bool Demo);

/// <param name="BookingMode"><c>instant</c> or <c>request</c>.</param>
public sealed record OfferingService(Guid Id, string Name, int Minutes, Money Price, string BookingMode = "instant", AgeRange? ForWhom = null);

/// <summary>Ages in whole months, both included; null is no bound.</summary>
public sealed record AgeRange(int? MinAgeMonths = null, int? MaxAgeMonths = null);

public sealed record OfferingPolicy(string Text, IReadOnlyList<PolicyRule> Tiers);

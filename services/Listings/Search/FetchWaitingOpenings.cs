using System.Net.Http.Json;
using Contracts;
using Platform;

namespace Listings.Search;

/// <summary>
/// Free times that Availability has told and no broker has taken yet are asked for each second: what is booked leaves the results while the broker is
/// away, too. Mostly there are none; what comes twice changes nothing.
/// </summary>
public sealed class FetchWaitingOpenings : Worker
{
    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        foreach (var said in await services.GetRequiredService<AvailabilityClient>().WaitingOpenings(ct))
            await UpdateNextOpenings.Keep(services.GetRequiredService<ListingsDb>(), said, ct);
        return false;
    }
}

/// <summary>Availability, as far as search needs it.</summary>
public sealed class AvailabilityClient(HttpClient http)
{
    /// <exception cref="UnavailableException">Availability does not answer.</exception>
    public async Task<IReadOnlyList<OpeningsChanged>> WaitingOpenings(CancellationToken ct) =>
        (await http.GetFromJsonAsync<IReadOnlyList<OpeningsChanged>>(new Uri("/internal/openings/waiting", UriKind.Relative), Json.Tolerant, ct))!;
}

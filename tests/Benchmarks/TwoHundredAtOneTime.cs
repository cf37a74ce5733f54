using System.Net;
using System.Net.Http.Json;

namespace Benchmarks;

/// <summary>Two hundred people ask for the same time at once. Limit: the losers hear so within 250 ms (p99).</summary>
internal static class TwoHundredAtOneTime
{
    private const int People = 200;

    public static async Task Measure(Running product)
    {
        var safety = await product.SafetyVersion();
        List<double> holds = [], bookings = [];
        for (var round = 0; round < 5; round++)
        {
            var (profile, service, openings) = await product.SomeoneWithTimes("London, GB", round);
            var hold = new
            {
                practitionerId = profile.GetProperty("id").GetString(),
                serviceId = service.GetProperty("id").GetString(),
                locationId = openings[0].GetProperty("locationId").GetString(),
                start = openings[0].GetProperty("start").GetString(),
            };
            holds.AddRange(await Race(() => product.Http.PostAsJsonAsync(new Uri("/api/v1/holds", UriKind.Relative), hold)));
            bookings.AddRange(await Race(() => product.Book(Running.BookingOf(profile, service, openings[^1], safety))));
        }
        // The first race warms both paths up.
        Console.WriteLine($"losers of a hold     {new Spread(holds.Skip(People - 1))} (limit p99 250 ms)");
        Console.WriteLine($"losers of a booking  {new Spread(bookings.Skip(People - 1))} (limit p99 250 ms)");
    }

    private static async Task<IEnumerable<double>> Race(Func<Task<HttpResponseMessage>> ask)
    {
        var losers = new List<double>();
        var winners = 0;
        await Task.WhenAll(Enumerable.Range(0, People).Select(async _ =>
        {
            var status = HttpStatusCode.OK;
            var took = await Spread.Of(async () =>
            {
                using var answer = await ask();
                status = answer.StatusCode;
            });
            lock (losers)
            {
                if (status == HttpStatusCode.Created)
                    winners++;
                else if (status == HttpStatusCode.Conflict)
                    losers.Add(took);
                else
                    throw new InvalidOperationException($"Somebody heard {(int)status}.");
            }
        }));
        return winners == 1 ? losers : throw new InvalidOperationException($"{winners} won.");
    }
}

using System.Net;
using System.Text.Json;

namespace Benchmarks;

/// <summary>From asking for a time to its confirmation, paid at the sandbox at once. Limit: p50 250 ms.</summary>
internal static class BookToConfirmed
{
    private const int Rounds = 40;

    public static async Task Measure(Running product)
    {
        var safety = await product.SafetyVersion();
        List<double> whole = [], asked = [], settled = [];
        for (var round = -3; round < Rounds; round++)
        {
            var (profile, service, openings) = await product.SomeoneWithTimes("Toronto, CA", Math.Abs(round));
            JsonElement booking = default;
            var asking = await Spread.Of(async () =>
            {
                using var answer = await product.Book(Running.BookingOf(profile, service, openings[Math.Abs(round) % openings.Count], safety));
                booking = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            });
            var settling = await Spread.Of(() => PayAndWait(product, booking));
            if (round < 0)
                continue;
            asked.Add(asking);
            settled.Add(settling);
            whole.Add(asking + settling);
        }
        Console.WriteLine($"book → paid → confirmed  {new Spread(whole)} (limit p50 250 ms)");
        Console.WriteLine($"  asking                 {new Spread(asked)}");
        Console.WriteLine($"  paying to confirmed    {new Spread(settled)}");
    }

    public static async Task PayAndWait(Running product, JsonElement booking)
    {
        using var card = new FormUrlEncodedContent([new("card", "4242424242424242")]);
        using var paid = await product.Http.PostAsync(new Uri(booking.GetProperty("checkoutUrl").GetString()!), card);
        if (paid.StatusCode != HttpStatusCode.SeeOther)
            throw new InvalidOperationException($"Paying answered {(int)paid.StatusCode}.");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await Status(product, booking) != "confirmed")
            await timer.WaitForNextTickAsync();
    }

    private static async Task<string> Status(Running product, JsonElement booking)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/bookings/{booking.GetProperty("id").GetString()}");
        request.Headers.Add("X-Manage-Token", booking.GetProperty("manageToken").GetString());
        using var answer = await product.Http.SendAsync(request);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString()!;
    }
}

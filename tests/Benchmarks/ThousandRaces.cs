using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Benchmarks;

/// <summary>
/// A thousand times, each wanted by four at once with visits of two lengths that overlap: held, booked, swapped for another hold, moved to from
/// another booking. Limit: each has one winner, and no two claims overlap in the database. Wants RATE_LIMITS=off and MAX_HOLDS_PER_ADDRESS=10000.
/// </summary>
internal static class ThousandRaces
{
    private const int Races = 1000;
    private const int AtOnce = 25;

    private static readonly string[] Kinds = ["hold against hold", "hold against booking", "hold against swap", "booking against move"];

    /// <param name="Own">A time of the same practitioner that nobody else wants, to come from.</param>
    private sealed record Race(int Kind, JsonElement Profile, JsonElement Short, JsonElement Long, JsonElement ShortAt, JsonElement LongAt, JsonElement Own)
    {
        public Guid PractitionerId => Profile.GetProperty("id").GetGuid();

        public DateTimeOffset From => ShortAt.GetProperty("start").GetDateTimeOffset();
    }

    private static string safety = "";

    public static async Task Measure(Running product)
    {
        safety = await product.SafetyVersion();
        await using var database = product.Database("AVAILABILITY");
        var (losers, run) = (new List<double>(), 0);
        await foreach (var batch in Find(product).Take(Races).Chunk(AtOnce))
        {
            var owns = await Task.WhenAll(batch.Select(race => Own(product, race)));
            var winners = await Task.WhenAll(batch.Zip(owns, (race, own) => Run(product, race, own, losers)));
            if (Array.FindIndex(winners, w => w != 1) is var odd and >= 0)
                throw new InvalidOperationException($"{winners[odd]} won {Kinds[batch[odd].Kind]} at {batch[odd].From:O} with {batch[odd].PractitionerId}.");
            await using var taken = database.CreateCommand("""
                SELECT count(*) FROM unnest($1, $2) AS race (practitioner_id, at) JOIN audit_claims c USING (practitioner_id)
                WHERE c.state = 'live' AND c.starts_at <= at AND c.ends_at > at
                """);
            taken.Parameters.Add(new() { Value = batch.Select(r => r.PractitionerId).ToArray() });
            taken.Parameters.Add(new() { Value = batch.Select(r => r.LongAt.GetProperty("start").GetDateTimeOffset().ToUniversalTime()).ToArray() });
            if (await taken.ExecuteScalarAsync() is not long claims || claims != batch.Length)
                throw new InvalidOperationException("There are not as many claims as winners.");
            run += batch.Length;
        }

        await using var overlaps = database.CreateCommand("""
            SELECT count(*) FROM audit_claims a JOIN audit_claims b ON a.practitioner_id = b.practitioner_id AND a.claim_id < b.claim_id
            WHERE a.state = 'live' AND b.state = 'live' AND tstzrange(a.busy_from, a.busy_until) && tstzrange(b.busy_from, b.busy_until)
            """);
        var doubled = await overlaps.ExecuteScalarAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run} races, {doubled} doubled (limits {Races}, 0), each with one winner and one claim; {AtOnce} races at a time, losers {new Spread(losers)}"));
    }

    /// <summary>Times far enough from each other not to meet, of practitioners with two paid visits of different length.</summary>
    private static async IAsyncEnumerable<Race> Find(Running product)
    {
        var made = 0;
        foreach (var near in (string[])["Denver, CO", "London, GB", "Toronto, CA", "New York, NY", "Sydney, AU", "Berlin, DE"])
        {
            var found = await product.Get($"/api/v1/practitioners?near={Uri.EscapeDataString(near)}&radiusKm=500&limit=100");
            foreach (var item in found.GetProperty("items").EnumerateArray())
            {
                var profile = await product.Get($"/api/v1/practitioners/{item.GetProperty("slug").GetString()}");
                var paid = profile.GetProperty("services").EnumerateArray().Where(IsPaidByAnAdult).OrderBy(s => s.GetProperty("minutes").GetInt32()).ToArray();
                if (paid.Length < 2 || paid[0].GetProperty("minutes").GetInt32() == paid[^1].GetProperty("minutes").GetInt32())
                    continue;
                var (shorts, longs) = (await Times(product, profile, paid[0]), await Times(product, profile, paid[^1]));
                var (free, own) = (DateTimeOffset.MinValue, (JsonElement?)null);
                foreach (var at in shorts)
                {
                    var start = at.GetProperty("start").GetDateTimeOffset();
                    if (start < free)
                        continue;
                    // Begins within the short one, so that any two of them overlap.
                    var other = longs.LastOrDefault(l => l.GetProperty("start").GetDateTimeOffset() is var s && s >= start && s < at.GetProperty("end").GetDateTimeOffset() && Same(l, at));
                    if (other.ValueKind == JsonValueKind.Undefined)
                        continue;
                    free = other.GetProperty("end").GetDateTimeOffset().AddHours(2);
                    if (own is null)
                    {
                        own = at;
                        continue;
                    }

                    yield return new Race(made++ % Kinds.Length, profile, paid[0], paid[^1], at, other, own.Value);
                    own = null;
                }
            }
        }
    }

    private static bool IsPaidByAnAdult(JsonElement service) =>
        service.GetProperty("price").GetProperty("amount").GetInt64() > 0
        && !(service.TryGetProperty("forWhom", out var whom) && whom.ValueKind == JsonValueKind.Object && whom.TryGetProperty("maxAgeMonths", out var most) && most.ValueKind == JsonValueKind.Number);

    private static async Task<JsonElement[]> Times(Running product, JsonElement profile, JsonElement service) =>
        [.. (await product.Get(Running.OpeningsPath(profile, service, 3, 50))).GetProperty("days").EnumerateArray().SelectMany(d => d.GetProperty("openings").EnumerateArray())];

    private static bool Same(JsonElement one, JsonElement other) => one.GetProperty("locationId").GetGuid() == other.GetProperty("locationId").GetGuid();

    /// <summary>What somebody has who comes from elsewhere: a hold's token, or a paid booking.</summary>
    private static async Task<JsonElement> Own(Running product, Race race)
    {
        if (race.Kind < 2)
            return default;
        using var answer = race.Kind == 2 ? await Hold(product, race, race.Short, race.Own) : await product.Book(Running.BookingOf(race.Profile, race.Short, race.Own, safety));
        if (answer.StatusCode != HttpStatusCode.Created)
            throw new InvalidOperationException($"Whoever comes from elsewhere heard {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        var own = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        if (race.Kind == 3)
            await BookToConfirmed.PayAndWait(product, own);
        return own;
    }

    private static async Task<int> Run(Running product, Race race, JsonElement own, List<double> losers)
    {
        Func<Task<HttpResponseMessage>>[] wishes = race.Kind switch
        {
            0 => [HoldShort, HoldLong, HoldShort, HoldLong],
            1 => [HoldShort, BookLong, HoldLong, BookShort],
            2 => [HoldShort, HoldLong, () => Hold(product, race, race.Short, race.ShortAt, own.GetProperty("token").GetString()), HoldLong],
            _ => [BookShort, BookLong, () => Move(product, own, race.ShortAt), BookLong],
        };
        var won = 0;
        await Task.WhenAll(wishes.Select(async wish =>
        {
            HttpResponseMessage? answer = null;
            var took = await Spread.Of(async () => answer = await wish());
            using (answer)
            {
                if (answer!.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref won);
                    return;
                }

                if (answer.StatusCode != HttpStatusCode.Conflict)
                    throw new InvalidOperationException($"Somebody heard {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                lock (losers)
                    losers.Add(took);
            }
        }));
        return won;

        Task<HttpResponseMessage> HoldShort() => Hold(product, race, race.Short, race.ShortAt);
        Task<HttpResponseMessage> HoldLong() => Hold(product, race, race.Long, race.LongAt);
        Task<HttpResponseMessage> BookShort() => product.Book(Running.BookingOf(race.Profile, race.Short, race.ShortAt, safety));
        Task<HttpResponseMessage> BookLong() => product.Book(Running.BookingOf(race.Profile, race.Long, race.LongAt, safety));
    }

    private static Task<HttpResponseMessage> Hold(Running product, Race race, JsonElement service, JsonElement at, string? replaces = null) => product.Http.PostAsJsonAsync(
        new Uri("/api/v1/holds", UriKind.Relative),
        new { practitionerId = race.PractitionerId, serviceId = service.GetProperty("id").GetGuid(), locationId = at.GetProperty("locationId").GetGuid(), start = at.GetProperty("start").GetString(), replaces });

    private static async Task<HttpResponseMessage> Move(Running product, JsonElement booking, JsonElement to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/bookings/{booking.GetProperty("id").GetString()}/reschedule")
        {
            Content = JsonContent.Create(new { start = to.GetProperty("start").GetString(), locationId = to.GetProperty("locationId").GetGuid() }),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Headers.Add("X-Manage-Token", booking.GetProperty("manageToken").GetString());
        return await product.Http.SendAsync(request);
    }
}

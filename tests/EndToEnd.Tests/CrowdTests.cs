using System.Net;
using System.Text.Json;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

[Collection(RunningProduct.Name)]
public sealed class CrowdTests(Product product) : IDisposable
{
    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Fact]
    public async Task Of_two_hundred_at_one_time_one_wins_and_the_others_hear_what_else_is_free()
    {
        var offers = await visitor.FreeTimes(12);
        var offer = offers[offers.Count / 2];
        var charged = await product.Sql<long>("PAYMENTS", "SELECT count(*) FROM audit_payments WHERE status <> 'open'");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => visitor.TryBook(offer)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var loser in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            var problem = await Refusal.Is(loser, 409, "slot-taken");
            var alternatives = problem.GetProperty("alternatives").EnumerateArray().ToList();
            Assert.NotEmpty(alternatives);
            Assert.DoesNotContain(alternatives, a => Overlaps(a, offer));
        }
        Assert.Equal(1, await product.Sql<long>(
            "AVAILABILITY", "SELECT count(*) FROM audit_claims WHERE practitioner_id = $1 AND state = 'live'", offer.PractitionerId));
        Assert.Equal(charged, await product.Sql<long>("PAYMENTS", "SELECT count(*) FROM audit_payments WHERE status <> 'open'"));
    }

    [Fact]
    public async Task Overlapping_times_count_as_the_same_time()
    {
        var offers = await visitor.FreeTimes(12);
        var first = offers[4];
        // Everything on offer that overlaps the first, by a minute or by all of it.
        var overlapping = offers.Where(o => o.Start < first.Start.AddMinutes(o.Minutes) && o.Start.AddMinutes(o.Minutes) > first.Start).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => visitor.TryBook(overlapping[i % overlapping.Count])));

        var won = answers.Count(a => a.StatusCode == HttpStatusCode.Created);
        Assert.InRange(won, 1, overlapping.Count);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{a.StatusCode}"));
        Assert.Equal(0, await product.Sql<long>("AVAILABILITY", """
            SELECT count(*) FROM audit_claims a JOIN audit_claims b
              ON a.practitioner_id = b.practitioner_id AND a.claim_id < b.claim_id AND a.state = 'live' AND b.state = 'live'
             AND tstzrange(a.busy_from, a.busy_until) && tstzrange(b.busy_from, b.busy_until)
            """));
    }

    private static bool Overlaps(JsonElement alternative, Offer offer) =>
        alternative.GetProperty("start").GetDateTimeOffset() < offer.Start.AddMinutes(offer.Minutes)
        && alternative.GetProperty("end").GetDateTimeOffset() > offer.Start;
}

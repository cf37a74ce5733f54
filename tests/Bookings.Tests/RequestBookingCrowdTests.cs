using System.Net;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>Many want the same time at once, and are asked for together.</summary>
public sealed class RequestBookingCrowdTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_crowd_at_one_time_has_one_winner_and_asks_together()
    {
        var wish = world.Wish();
        await world.Book();
        var calls = world.Listings.Calls;
        var claims = 0;
        world.Availability.Instead = _ =>
        {
            Interlocked.Increment(ref claims);
            return Task.FromResult<Microsoft.AspNetCore.Http.IResult?>(null);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
        {
            var own = (JsonObject)wish.DeepClone();
            own["client"]!["email"] = $"crowd-{i}@example.org";
            return world.Ask(own);
        }));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var loser in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
            await Refusal.Is(loser, 409, "slot-taken");
        Assert.InRange(world.Listings.Calls - calls, 1, 50);
        Assert.InRange(claims, 1, 50);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task Who_may_not_have_a_time_for_reasons_of_their_own_does_not_speak_for_the_crowd()
    {
        var keepsEnough = $"many-{Guid.CreateVersion7():N}@example.org";
        for (var i = 0; i < 5; i++)
            await world.Book(wish: By(keepsEnough, world.Wish()));

        var wish = world.Wish();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.Ask(By(i == 10 ? "one@example.org" : keepsEnough, (JsonObject)wish.DeepClone()))));

        Assert.Equal(HttpStatusCode.Created, answers[10].StatusCode);
        Assert.All(answers.Where((_, i) => i != 10), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        foreach (var answer in answers)
            answer.Dispose();

        static JsonObject By(string email, JsonObject wish)
        {
            wish["client"]!["email"] = email;
            return wish;
        }
    }
}

using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>Peers that do not answer while a booking is made, and what comes of the try that is given up.</summary>
public sealed class MakeBookingTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Without_Listings_nothing_is_held()
    {
        await world.Listings.Stop();
        await Unavailable(world.Wish());
        Assert.Empty(world.Availability.Claims);
        Assert.Equal(0, await world.Count("SELECT count(*) FROM bookings"));
    }

    [Fact]
    public async Task Without_Availability_nothing_is_booked()
    {
        await world.Availability.Stop();
        await Unavailable(world.Wish());
        Assert.Equal(0, await world.Count("SELECT count(*) FROM bookings"));
    }

    [Fact]
    public async Task Without_Payments_the_time_is_let_go_and_a_repeat_books_anew()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        world.Payments.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(500));
        await Unavailable(wish, key);
        Assert.Empty(world.Availability.Claims);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE status = 'expired'"));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingExpired,%'"));

        world.Payments.Instead = _ => Task.FromResult<IResult?>(null);
        using var again = await world.Ask(wish, key);
        Assert.Equal(201, (int)again.StatusCode);
        Assert.Single(world.Availability.Claims);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE status = 'awaitingPayment'"));
    }

    [Fact]
    public async Task A_repeat_books_anew_though_the_hold_it_brought_is_used_up()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        wish["holdToken"] = "kept before";
        world.Payments.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(500));
        await Unavailable(wish, key);

        world.Payments.Instead = _ => Task.FromResult<IResult?>(null);
        using var again = await world.Ask(wish, key);
        Assert.Equal(201, (int)again.StatusCode);

        using var another = await world.Ask(wish);
        await Refusal.Is(another, 410, "hold-expired");
    }

    [Fact]
    public async Task A_repeat_is_not_refused_for_the_time_that_its_own_try_before_still_keeps()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        world.Payments.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(500));
        world.Availability.Instead = NoRelease;
        await Unavailable(wish, key);
        Assert.Single(world.Availability.Claims);

        world.Payments.Instead = _ => Task.FromResult<IResult?>(null);
        await Unavailable(wish, key);
        world.Availability.Instead = _ => Task.FromResult<IResult?>(null);
        using var again = await world.Ask(wish, key);
        Assert.Equal(201, (int)again.StatusCode);
        Assert.Single(world.Availability.Claims);
    }

    [Fact]
    public async Task A_time_that_could_not_be_let_go_at_once_is_let_go_later()
    {
        world.Payments.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(500));
        world.Availability.Instead = NoRelease;
        await Unavailable(world.Wish());
        Assert.Equal(1, await world.Count("SELECT count(*) FROM abandoned_attempts WHERE released_at IS NULL"));
        Assert.Single(world.Availability.Claims);

        world.Availability.Instead = _ => Task.FromResult<IResult?>(null);
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM abandoned_attempts WHERE released_at IS NOT NULL") == 1);
        Assert.Empty(world.Availability.Claims);
    }

    [Fact]
    public async Task One_time_that_cannot_be_let_go_keeps_no_other_from_it()
    {
        await world.Service.Db.Scalar<object>(
            "INSERT INTO abandoned_attempts (booking_id, at) SELECT gen_random_uuid(), now() - n * interval '1 minute' FROM generate_series(1, 5) n");
        var stuck = await world.Service.Db.Scalar<Guid>("SELECT booking_id FROM abandoned_attempts ORDER BY at LIMIT 1");
        world.Availability.Instead = http => Task.FromResult<IResult?>(http.Request.Path.Value!.EndsWith($"{stuck}", StringComparison.Ordinal) ? Results.StatusCode(500) : null);

        await Eventually.True(async () => await world.Count("SELECT count(*) FROM abandoned_attempts WHERE released_at IS NULL") == 1, TimeSpan.FromMinutes(1), "the others are let go");
        Assert.DoesNotContain(stuck, world.Availability.Released);
    }

    [Fact]
    public async Task A_visit_that_a_repeat_has_confirmed_keeps_its_time_when_the_first_try_gives_up()
    {
        var (wish, key) = (world.Wish(world.Listings.Offer(price: 0)), Guid.CreateVersion7().ToString());
        // It is kept, and confirmed by the repeat; the first try hears neither.
        world.Availability.Instead = async http =>
        {
            if (http.Request.Path.Value!.Split('/') is not [.., var id, "keep"])
                return null;
            await world.Change(Guid.Parse(id), booking => booking.Confirm(world.Now));
            return Results.StatusCode(503);
        };
        await Unavailable(wish, key);
        world.Availability.Instead = _ => Task.FromResult<IResult?>(null);

        Assert.Single(world.Availability.Claims);
        Assert.Empty(world.Availability.Released);
        using var again = await world.Ask(wish, key);
        Assert.Equal(201, (int)again.StatusCode);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE status = 'confirmed'"));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings"));
    }

    [Fact]
    public async Task A_free_visit_that_is_called_off_before_it_is_confirmed_is_not_said_to_be()
    {
        world.Availability.Instead = async http =>
        {
            if (http.Request.Path.Value!.Split('/') is [.., var id, "keep"])
                await world.Change(Guid.Parse(id), booking => booking.Cancel(Party.Practitioner, world.Now));
            return null;
        };
        using var answer = await world.Ask(world.Wish(world.Listings.Offer(price: 0)));

        await Refusal.Is(answer, 410, "hold-expired");
        Assert.Empty(world.Availability.Claims);
    }

    [Fact]
    public async Task A_free_visit_that_was_kept_and_never_confirmed_is_let_go()
    {
        var booked = await world.Book(world.Listings.Offer(price: 0));
        Assert.Contains(booked.Id, world.Availability.Kept);
        // As if this service had ended between the two.
        await world.Service.Db.Scalar<int>("UPDATE bookings SET status = 'awaitingPayment'");
        world.Service.Clock.MoveTo(world.Service.Clock.GetUtcNow().AddHours(1));
        await Eventually.True(() => Task.FromResult(world.Availability.Released.Contains(booked.Id)));
        Assert.Equal("expired", (await world.Show(booked)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_free_visit_whose_keeping_fails_is_not_booked()
    {
        world.Availability.Instead = http => Task.FromResult<IResult?>(http.Request.Path.Value!.EndsWith("/keep", StringComparison.Ordinal) ? Results.StatusCode(503) : null);
        await Unavailable(world.Wish(world.Listings.Offer(price: 0)));

        Assert.Empty(world.Availability.Claims);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE status = 'expired'"));
    }

    [Fact]
    public async Task A_peer_that_hangs_is_heard_of_within_five_seconds()
    {
        var stuck = new TaskCompletionSource();
        world.Payments.Instead = async _ =>
        {
            await stuck.Task;
            return Results.StatusCode(500);
        };
        // The first one compiles the code on its way.
        await Unavailable(world.Wish());
        var watch = Stopwatch.StartNew();
        await Unavailable(world.Wish());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed.TotalSeconds:0.0} s");
        stuck.SetResult();
    }

    [Theory]
    [InlineData(false, "expired", 0)]
    [InlineData(true, "awaitingPayment", 1)]
    public async Task What_its_caller_no_longer_waits_for_is_given_up_unless_they_can_ask_again(bool withKey, string status, int claims)
    {
        var (arrived, goOn, hungUp) = (new TaskCompletionSource(), new TaskCompletionSource(), new CancellationTokenSource());
        world.Payments.Instead = async _ =>
        {
            arrived.TrySetResult();
            await goOn.Task;
            return null;
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings") { Content = JsonContent.Create(world.Wish()) };
        if (withKey)
            request.Headers.Add("Idempotency-Key", "asked again later");
        var asked = world.Guest.SendAsync(request, hungUp.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await hungUp.CancelAsync();
        goOn.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);

        await Eventually.True(async () => await world.Count("SELECT count(*) FROM bookings WHERE status = $1 AND (checkout_url IS NOT NULL OR status = 'expired')", status) == 1);
        await Eventually.True(() => Task.FromResult(world.Availability.Claims.Count == claims));
    }

    private static Task<IResult?> NoRelease(HttpContext http) => Task.FromResult<IResult?>(http.Request.Method == "DELETE" ? Results.StatusCode(503) : null);

    private async Task Unavailable(System.Text.Json.Nodes.JsonNode wish, string? key = null)
    {
        using var answer = await world.Ask(wish, key);
        await Refusal.Is(answer, 503, "unavailable");
    }
}

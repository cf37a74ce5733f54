using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class RescheduleBookingTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_visit_moves_in_one_step_without_a_second_payment()
    {
        var booked = await world.Confirmed();
        var start = world.Availability.NextStart();
        var preview = await World.Read(await world.Call(HttpMethod.Get, booked, $"/reschedule-preview?start={Text(start)}"));
        var moved = await World.Read(await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(start) }, key: "m"));

        Assert.Equal((start, start.AddHours(1)), (moved.GetProperty("start").GetDateTimeOffset(), moved.GetProperty("end").GetDateTimeOffset()));
        Assert.Equal("confirmed", moved.GetProperty("status").GetString());
        Assert.Equal(12_000, moved.GetProperty("paid").GetProperty("amount").GetInt64());
        Assert.Equal(1, moved.GetProperty("sequence").GetInt32());
        Assert.Equal(preview.GetProperty("policy").GetRawText(), moved.GetProperty("policy").GetRawText());
        Assert.Equal(0, preview.GetProperty("toPay").GetProperty("amount").GetInt64());
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingRescheduled,%'"));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE agreed_local = $1", start.DateTime));
    }

    [Fact]
    public async Task To_another_place_of_the_same_practitioner()
    {
        var elsewhere = world.Listings.Offer(besides: world.Listings.Usual);
        var booked = await world.Confirmed();
        var moved = await World.Read(await world.Call(
            HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()), locationId = elsewhere.LocationId }));
        Assert.Equal(elsewhere.LocationId, moved.GetProperty("location").GetProperty("id").GetGuid());

        using var nowhere = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()), locationId = Guid.CreateVersion7() });
        await Refusal.Is(nowhere, 422, "not-an-opening");
    }

    [Fact]
    public async Task Where_no_place_is_named_the_visit_stays_unless_the_time_is_offered_elsewhere_only()
    {
        var elsewhere = world.Listings.Offer(besides: world.Listings.Usual);
        var booked = await world.Confirmed();
        var stays = await World.Read(await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()) }));
        Assert.Equal(world.Listings.Usual.LocationId, stays.GetProperty("location").GetProperty("id").GetGuid());

        var start = world.Availability.NextStart();
        world.Availability.OfferedOnlyAt = (start, elsewhere.LocationId);
        var goes = await World.Read(await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(start) }));
        Assert.Equal((start, elsewhere.LocationId), (goes.GetProperty("start").GetDateTimeOffset(), goes.GetProperty("location").GetProperty("id").GetGuid()));
        using var named = await world.Call(HttpMethod.Post, await world.Confirmed(), "/reschedule", new { start = Text(start), locationId = world.Listings.Usual.LocationId });
        await Refusal.Is(named, 422, "not-an-opening");
    }

    [Fact]
    public async Task A_taken_time_leaves_the_old_one()
    {
        var other = await world.Confirmed();
        var booked = await world.Confirmed();
        using var answer = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = other.Body.GetProperty("start").GetString() });

        Assert.NotEmpty((await Refusal.Is(answer, 409, "slot-taken")).GetProperty("alternatives").EnumerateArray());
        var still = await world.Show(booked);
        Assert.Equal(booked.Body.GetProperty("start").GetString(), still.GetProperty("start").GetString());
        Assert.Contains("reschedule", still.GetProperty("actions").EnumerateArray().Select(a => a.GetString()));
    }

    [Fact]
    public async Task A_move_that_Availability_did_not_answer_is_finished_by_the_worker()
    {
        var booked = await world.Confirmed();
        var start = world.Availability.NextStart();
        world.Availability.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        using (var answer = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(start) }))
            await Refusal.Is(answer, 503, "unavailable");
        using (var another = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()) }))
            await Refusal.Is(another, 409, "state-conflict");

        world.Availability.Instead = _ => Task.FromResult<IResult?>(null);
        world.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(async () => (await world.Show(booked)).GetProperty("start").GetDateTimeOffset() == start, what: "the move is finished");
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingRescheduled,%'"));
    }

    [Fact]
    public async Task A_move_that_was_made_but_not_finished_is_finished_by_a_repeat()
    {
        var booked = await world.Confirmed();
        var start = world.Availability.NextStart();
        var broken = true;
        world.Availability.Instead = http =>
        {
            // As a process leaves it that dies after Availability's answer.
            if (broken)
                http.Response.OnStarting(() => throw new IOException());
            return Task.FromResult<IResult?>(null);
        };
        using (var answer = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(start) }, key: "m"))
            await Refusal.Is(answer, 503, "unavailable");
        Assert.Equal(start, world.Availability.Claims[booked.Id].Start);

        broken = false;
        var moved = await World.Read(await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(start) }, key: "m"));
        Assert.Equal(start, moved.GetProperty("start").GetDateTimeOffset());
        Assert.Equal(1, moved.GetProperty("sequence").GetInt32());
    }

    [Fact]
    public async Task A_cancellation_while_the_move_is_under_way_wins()
    {
        var booked = await world.Confirmed();
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Availability.Instead = async _ =>
        {
            arrived.TrySetResult();
            await goOn.Task;
            return null;
        };
        var moving = world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()) });
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using (var cancelled = await world.Call(HttpMethod.Post, booked, "/cancel"))
            Assert.True(cancelled.IsSuccessStatusCode);
        goOn.SetResult();

        using var answer = await moving;
        await Refusal.Is(answer, 409, "state-conflict");
        Assert.Equal("cancelledByClient", await world.Status(booked.Id));
        Assert.Equal(0, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingRescheduled,%'"));
    }

    [Fact]
    public async Task A_cancellation_that_Availability_has_heard_of_first_is_no_hold_that_has_ended()
    {
        var booked = await world.Confirmed();
        world.Availability.Instead = async _ =>
        {
            await world.Change(booked.Id, b => b.Cancel(Party.Client, world.Now));
            return Problems.HoldExpired;
        };
        using var answer = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()) });
        await Refusal.Is(answer, 409, "state-conflict");
    }

    [Fact]
    public async Task A_late_move_does_not_buy_back_the_refund()
    {
        var booked = await world.Confirmed();
        world.Service.Clock.MoveTo(booked.Body.GetProperty("start").GetDateTimeOffset().AddHours(-3));
        var moved = await World.Read(await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart().AddDays(20)) }));
        Assert.Equal([6_000], moved.GetProperty("policy").GetProperty("tiers").EnumerateArray().Select(t => t.GetProperty("refund").GetProperty("amount").GetInt64()));

        var done = await World.Read(await world.Call(HttpMethod.Post, booked, "/cancel"));
        Assert.Equal(6_000, done.GetProperty("refund").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Only_a_confirmed_visit_that_has_not_begun_is_moved()
    {
        var waiting = await world.Book();
        using var early = await world.Call(HttpMethod.Post, waiting, "/reschedule", new { start = Text(world.Availability.NextStart()) });
        await Refusal.Is(early, 409, "state-conflict");

        var booked = await world.Confirmed();
        using var stranger = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()) }, token: "wrong");
        await Refusal.Is(stranger, 404, "not-found");
        using var noOffset = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = "2026-12-09T09:00:00" });
        await Refusal.Names(noOffset, "start");
        using var noStart = await world.Call(HttpMethod.Get, booked, "/reschedule-preview");
        await Refusal.Names(noStart, "start");
        using var never = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = "2026-12-09T09:00:01-07:00" });
        await Refusal.Is(never, 422, "not-an-opening");

        world.Service.Clock.MoveTo(booked.Body.GetProperty("start").GetDateTimeOffset());
        using var late = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start = Text(world.Availability.NextStart()) });
        await Refusal.Is(late, 409, "state-conflict");
    }

    [Theory]
    [InlineData("2999-12-31T23:59:59-14:00")]
    [InlineData("1900-01-01T00:00:00+14:00")]
    public async Task A_time_outside_the_calendar_is_never_written_down(string start)
    {
        var booked = await world.Confirmed();
        using var refused = await world.Call(HttpMethod.Post, booked, "/reschedule", new { start });
        await Refusal.Names(refused, "start");
        Assert.Equal(booked.Body.GetProperty("start").GetString(), (await world.Show(booked)).GetProperty("start").GetString());
    }

    private static string Text(DateTimeOffset start) => start.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

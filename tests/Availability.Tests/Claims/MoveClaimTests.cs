using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class MoveClaimTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";
    private const string HalfPastNine = "2026-12-01T09:30:00-07:00";

    [Fact]
    public async Task An_hour_moves_by_half_an_hour()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        var moved = await world.Move(booking, 1, person, HalfPastNine).Is<MoveClaim.Response>(200);
        Assert.Equal(World.At(HalfPastNine), moved.Start);
        Assert.DoesNotContain(Nine, await world.Starts(person, "2026-12-01", "2026-12-01"));
        Assert.Equal(World.At("2026-12-01T10:30:00-07:00"), World.At((await world.Starts(person, "2026-12-01", "2026-12-01"))[0]));
    }

    [Fact]
    public async Task A_repeat_of_a_move_changes_nothing()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        var first = await world.Move(booking, 1, person, HalfPastNine).Is<MoveClaim.Response>(200);
        Assert.Equal(first, await world.Move(booking, 1, person, HalfPastNine).Is<MoveClaim.Response>(200));
        var second = await world.Move(booking, 2, person, "2026-12-01T14:00:00-07:00").Is<MoveClaim.Response>(200);
        Assert.Equal(second, await world.Move(booking, 1, person, HalfPastNine).Is<MoveClaim.Response>(200));
    }

    [Fact]
    public async Task A_move_that_cannot_be_made_keeps_the_old_time()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        await world.Held(person, "2026-12-01T11:00:00-07:00");
        var refused = await world.Move(booking, 1, person, "2026-12-01T11:30:00-07:00").IsProblem(409, "slot-taken");
        Assert.NotEmpty(refused.GetProperty("alternatives").EnumerateArray());
        await world.Move(booking, 2, person, "2026-12-01T11:37:00-07:00").IsProblem(422, "not-an-opening");
        await world.Move(booking, 0, person, HalfPastNine).IsProblem(400, "validation");
        await world.Move(Guid.CreateVersion7(), 1, person, HalfPastNine).IsProblem(404, "not-found");
        Assert.Equal(World.At(Nine), (await world.ClaimOf(booking)).StartsAt);
    }

    [Fact]
    public async Task A_move_that_was_refused_is_never_made()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        var held = await world.Held(person, "2026-12-01T11:00:00-07:00");
        await world.Move(booking, 1, person, "2026-12-01T11:00:00-07:00").IsProblem(409, "slot-taken");
        (await world.Service.Guest().DeleteAsync(new Uri($"/api/v1/holds/{held.Id}?token={held.Token}", UriKind.Relative))).EnsureSuccessStatusCode();
        // Bookings has given it up by now, and would never hear that it had been made after all.
        await world.Move(booking, 1, person, "2026-12-01T11:00:00-07:00").IsProblem(409, "slot-taken");
        Assert.Equal(World.At(Nine), (await world.ClaimOf(booking)).StartsAt);

        await world.Move(booking, 2, person, "2026-12-01T11:00:00-07:00").Is<MoveClaim.Response>(200);
        await world.Move(booking, 1, person, "2026-12-01T11:00:00-07:00").IsProblem(409, "slot-taken");
        await world.Move(booking, 2, person, HalfPastNine).Is<MoveClaim.Response>(200);
        Assert.Equal(World.At("2026-12-01T11:00:00-07:00"), (await world.ClaimOf(booking)).StartsAt);
    }

    [Fact]
    public async Task A_move_is_made_or_refused_whoever_asks_for_it_at_the_same_moment()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        using var enough = new CancellationTokenSource();
        var others = TakeAndGiveBack(person, "2026-12-01T11:00:00-07:00", enough.Token);
        for (var move = 1; move <= 40; move++)
        {
            var start = (move % 2 == 0) ? Nine : "2026-12-01T11:00:00-07:00";
            var before = (await world.ClaimOf(booking)).StartsAt;
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Move(booking, move, person, start)));
            Assert.Single(answers.Select(a => a.StatusCode).Distinct());
            Assert.Equal(answers[0].IsSuccessStatusCode ? World.At(start) : before, (await world.ClaimOf(booking)).StartsAt);
        }

        await enough.CancelAsync();
        await others;
    }

    [Fact]
    public async Task The_length_that_was_agreed_stays()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        await Change(person, p => p.Publish(2, p.Offer with { Services = [p.Offer.Services[0] with { Minutes = 90 }] }));
        var moved = await world.Move(booking, 1, person, "2026-12-01T14:00:00-07:00").Is<MoveClaim.Response>(200);
        Assert.Equal(TimeSpan.FromMinutes(60), moved.End - moved.Start);
    }

    [Fact]
    public async Task A_visit_that_is_offered_no_longer_moves_within_the_hours_that_are_open_to_all()
    {
        var person = await world.Practitioner();
        var (booking, other) = (await world.Booked(person, Nine), await world.Booked(person, "2026-12-01T11:00:00-07:00"));
        await Change(person, p => p.Publish(2, p.Offer with { Services = [p.Offer.Services[0] with { ServiceId = Guid.CreateVersion7(), Minutes = 90 }] }));

        var moved = await world.Move(booking, 1, person, "2026-12-01T14:00:00-07:00").Is<MoveClaim.Response>(200);
        Assert.Equal((World.At("2026-12-01T14:00:00-07:00"), TimeSpan.FromMinutes(60)), (moved.Start, moved.End - moved.Start));
        var taken = await world.Move(booking, 2, person, "2026-12-01T11:30:00-07:00").IsProblem(409, "slot-taken");
        Assert.NotEmpty(taken.GetProperty("alternatives").EnumerateArray());
        await world.Move(booking, 3, person, "2026-12-01T08:00:00-07:00").IsProblem(422, "not-an-opening");
        await world.Claim(person, Nine).IsProblem(422, "not-an-opening");

        // Nor at a place that is not the practitioner's, or is given up.
        await world.Move(booking, 4, person with { LocationId = Guid.CreateVersion7() }, Nine).IsProblem(422, "not-an-opening");
        await Change(person, p => p.Publish(3, Offer.Nothing));
        await world.Move(other, 1, person, Nine).IsProblem(422, "not-an-opening");
    }

    [Fact]
    public async Task Who_has_left_the_directory_can_move_what_was_agreed_and_nobody_else_can()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        await Change(person, p => p.Withdraw(2));
        await world.Move(booking, 1, person, HalfPastNine).IsProblem(422, "not-an-opening");
        var byOwner = new MoveClaim.Request(2, World.At(HalfPastNine), person.LocationId, ByOwner: true);
        await world.Service.AsService().PostAsJsonAsync($"/internal/claims/{booking}/move", byOwner, Platform.Json.Strict).Is<MoveClaim.Response>(200);
    }

    [Fact]
    public async Task Moves_around_each_other_at_once_never_overlap()
    {
        var person = await world.Practitioner(from: "09:00", to: "13:00", interval: 30);
        var bookings = new[] { await world.Booked(person, Nine), await world.Booked(person, "2026-12-01T11:00:00-07:00") };
        for (var move = 1; move <= 10; move++)
        {
            var starts = new[] { "09:30", "10:00", "10:30", "12:00" };
            await Task.WhenAll(bookings.Select((b, i) => world.Move(b, move, person, $"2026-12-01T{starts[(move + i) % 4]}:00-07:00")));
            var claims = await Task.WhenAll(bookings.Select(world.ClaimOf));
            Assert.True(claims[0].EndsAt <= claims[1].StartsAt || claims[1].EndsAt <= claims[0].StartsAt);
        }
    }

    private Task<int> Change(Person person, Action<Practitioner> change) => world.Service.In(async db =>
    {
        change(await db.Practitioners.SingleAsync(p => p.Id == person.Id));
        return await db.SaveChangesAsync();
    });

    private async Task TakeAndGiveBack(Person person, string start, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var answer = await world.Hold(person, start);
            if (!answer.IsSuccessStatusCode)
                continue;
            var held = (await answer.Content.ReadFromJsonAsync<HoldTime.Response>(Platform.Json.Tolerant, CancellationToken.None))!;
            (await world.Service.Guest().DeleteAsync(new Uri($"/api/v1/holds/{held.Id}?token={held.Token}", UriKind.Relative), CancellationToken.None)).EnsureSuccessStatusCode();
        }
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>A practitioner is ill and calls the day off. The day is Wednesday 2 December 2026, in Denver.</summary>
public sealed class CallOffDayTests : AtTheDesk
{
    [Fact]
    public async Task Every_visit_of_the_day_is_cancelled_and_all_goes_back()
    {
        var (first, second, unpaid) = (await Confirmed("09:00"), await Confirmed("23:30"), await World.Book(wish: Wish("13:00")));
        var dayAfter = await World.Confirmed(wish: Wish("09:00", "2026-12-03"));
        var preview = await Preview();
        Assert.Equal((3, 24_000), Sum(preview));
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("called").ValueKind);

        for (var repeat = 0; repeat < 2; repeat++)
        {
            var told = await World.Read(await CallOff("I am ill."));
            Assert.True(told.GetProperty("done").GetBoolean());
            Assert.Equal((3, 24_000), Sum(told));
            Assert.Equal([first.Id, unpaid.Id, second.Id], told.GetProperty("visits").EnumerateArray().Select(v => v.GetProperty("bookingId").GetGuid()));
        }

        foreach (var booked in (Booked[])[first, second, unpaid])
            Assert.Equal("cancelledByPractitioner", await World.Status(booked.Id));
        Assert.Equal("confirmed", await World.Status(dayAfter.Id));
        Assert.Equal(3, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingCancelled,%'"));
        Assert.Equal(2, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%'"));
        var (id, day) = Assert.Single(World.Availability.DaysOff);
        Assert.Equal((new DateOnly(2026, 12, 2), null), (day.Date, day.LocationId));
        Assert.Equal(1, await World.Count("SELECT count(*) FROM days_off WHERE id = $1 AND done_at IS NOT NULL", id));
        preview = await Preview();
        Assert.Equal((0, 0), Sum(preview));
        Assert.Equal((3, 24_000), Sum(preview.GetProperty("called")));
    }

    [Fact]
    public async Task A_visit_that_has_begun_is_left_alone()
    {
        var (begun, ahead) = (await Confirmed("09:00"), await Confirmed("14:00"));
        World.Service.Clock.MoveTo(On("09:30"));
        Practitioner = World.Service.As("practitioner", practitionerId: World.Listings.Usual.PractitionerId);
        Assert.Equal((1, 12_000), Sum(await World.Read(await CallOff())));
        Assert.Equal(("confirmed", "cancelledByPractitioner"), (await World.Status(begun.Id), await World.Status(ahead.Id)));
    }

    [Fact]
    public async Task What_was_cut_off_is_finished_by_the_worker()
    {
        var (first, second) = (await Confirmed("09:00"), await Confirmed("11:00"));
        World.Availability.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        using (var answer = await CallOff("I am ill."))
        {
            Assert.Equal(202, (int)answer.StatusCode);
            Assert.False((await World.Read(answer)).GetProperty("done").GetBoolean());
        }
        Assert.Equal("confirmed", await World.Status(first.Id));

        World.Availability.Instead = _ => Task.FromResult<IResult?>(null);
        World.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(async () => await World.Status(second.Id) == "cancelledByPractitioner" && await World.Status(first.Id) == "cancelledByPractitioner", what: "the day is called off");
        await Eventually.True(async () => await World.Count("SELECT count(*) FROM days_off WHERE done_at IS NULL") == 0, what: "it is done");
        Assert.Equal((2, 24_000), Sum((await Preview()).GetProperty("called")));
    }

    [Fact]
    public async Task A_process_that_dies_between_two_visits_leaves_the_rest_to_the_next()
    {
        var (first, second) = (await Confirmed("09:00"), await Confirmed("11:00"));
        // As it is after the first of the two transactions.
        var day = await World.Service.In(async db => await new Desk.DaysOff(db, null!, World.Service.Clock).Ask(World.Listings.Usual.PractitionerId, new(2026, 12, 2), null, null, default));
        await World.Change(first.Id, booking => booking.CancelFor(day, World.Now));
        World.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(async () => await World.Status(second.Id) == "cancelledByPractitioner", what: "the day is called off");
        Assert.Equal(2, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%'"));
        Assert.Equal(day.Id, Assert.Single(World.Availability.DaysOff).Key);
    }

    [Fact]
    public async Task A_booking_that_is_not_there_yet_is_called_off_once_it_is()
    {
        // Availability has the claim, and the booking is not stored yet.
        var (id, usual) = (Guid.CreateVersion7(), World.Listings.Usual);
        await Claim(id, "15:00");
        using (var answer = await CallOff())
            Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(1, await World.Count("SELECT count(*) FROM days_off WHERE done_at IS NULL"));

        await World.Service.In(async db =>
        {
            var offering = Sample.Offering() with { Practitioner = Sample.Offering().Practitioner with { Id = usual.PractitionerId } };
            var (time, client) = (AgreedTime.At(offering.Location, On("15:00"), On("16:00")), new BookingClient(null, "Kim Client", "kim@example.org", null, "America/Denver"));
            db.Add(Booking.Request(id, offering, time, World.Now.AddMinutes(15), client, new Visit(Relation.Self, null, "2026-11"), World.Now));
            return await db.SaveChangesAsync();
        });
        World.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(async () => await World.Status(id) == "cancelledByPractitioner", what: "it is called off");
        await Eventually.True(async () => await World.Count("SELECT count(*) FROM days_off WHERE done_at IS NULL") == 0, what: "the day is done");
    }

    [Fact]
    public async Task A_booking_that_is_just_being_made_is_called_off_under_its_maker()
    {
        var (claimed, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        World.Payments.Instead = async _ =>
        {
            claimed.TrySetResult();
            await goOn.Task;
            return null;
        };

        var asking = World.Ask(Wish("16:00"));
        await claimed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using (var answer = await CallOff())
            Assert.Single((await World.Read(answer)).GetProperty("visits").EnumerateArray());
        goOn.SetResult();
        (await asking).Dispose();
        Assert.Equal(1, await World.Count("SELECT count(*) FROM bookings WHERE status = 'cancelledByPractitioner'"));
    }

    [Fact]
    public async Task Only_at_one_place_and_only_the_own_days()
    {
        var elsewhere = World.Listings.Offer(besides: World.Listings.Usual);
        var (here, there) = (await Confirmed("09:00"), await World.Confirmed(elsewhere, Wish("11:00", visit: elsewhere)));
        using (var answer = await Practitioner.PostAsJsonAsync("/api/v1/me/days/2026-12-02/cancel", new { locationId = elsewhere.LocationId }))
            Assert.Equal((1, 12_000), Sum(await World.Read(answer)));
        Assert.Equal(("confirmed", "cancelledByPractitioner"), (await World.Status(here.Id), await World.Status(there.Id)));

        using var colleague = await World.Service.As("practitioner", practitionerId: Guid.CreateVersion7()).PostAsync(new Uri("/api/v1/me/days/2026-12-02/cancel", UriKind.Relative), null);
        Assert.Equal((0, 0), Sum(await World.Read(colleague)));
        Assert.Equal("confirmed", await World.Status(here.Id));
        using var client = await World.Service.As("client").PostAsync(new Uri("/api/v1/me/days/2026-12-02/cancel", UriKind.Relative), null);
        await Refusal.Is(client, 403, "forbidden");
        foreach (var bad in (string[])["tomorrow", "2026-02-30", "2025-12-01", "2036-12-01"])
        {
            using var refused = await Practitioner.PostAsync(new Uri($"/api/v1/me/days/{bad}/cancel", UriKind.Relative), null);
            await Refusal.Names(refused, "date");
        }
    }

    [Fact]
    public async Task A_place_of_somebody_else_is_refused_and_nothing_of_it_stays()
    {
        var foreign = new { locationId = Guid.CreateVersion7() };
        using (var refused = await Practitioner.PostAsJsonAsync("/api/v1/me/days/2026-12-02/cancel", foreign))
            await Refusal.Names(refused, "locationId");
        Assert.Equal(0, await World.Count("SELECT count(*) FROM days_off"));

        World.Availability.Instead = _ => Task.FromResult<IResult?>(Results.StatusCode(503));
        using (var later = await Practitioner.PostAsJsonAsync("/api/v1/me/days/2026-12-02/cancel", foreign))
            Assert.Equal(202, (int)later.StatusCode);
        World.Availability.Instead = _ => Task.FromResult<IResult?>(null);
        World.Service.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(async () => await World.Count("SELECT count(*) FROM days_off") == 0, what: "nothing is to be called off");
        Assert.Empty(World.Availability.DaysOff);
    }

    private Task<Booked> Confirmed(string time) => World.Confirmed(wish: Wish(time));

    private JsonObject Wish(string time, string date = "2026-12-02", Choice? visit = null)
    {
        var wish = World.Wish(visit);
        wish["start"] = $"{date}T{time}:00-07:00";
        return wish;
    }

    private async Task Claim(Guid id, string time)
    {
        var usual = World.Listings.Usual;
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(new Uri(World.Availability.Url, "/internal/claims"), new ClaimRequest(id, usual.PractitionerId, usual.ServiceId, usual.LocationId, On(time)), Platform.Json.Strict)).EnsureSuccessStatusCode();
    }

    private static DateTimeOffset On(string time) => DateTimeOffset.Parse($"2026-12-02T{time}:00-07:00", System.Globalization.CultureInfo.InvariantCulture);

    private Task<HttpResponseMessage> CallOff(string? reason = null) => Practitioner.PostAsJsonAsync("/api/v1/me/days/2026-12-02/cancel", new { reason });

    private async Task<JsonElement> Preview() => await World.Read(await Practitioner.GetAsync(new Uri("/api/v1/me/days/2026-12-02/cancel-preview", UriKind.Relative)));

    private static (int, long) Sum(JsonElement told) => (
        told.GetProperty("visits").GetArrayLength(), told.GetProperty("refunds").EnumerateArray().Sum(m => m.GetProperty("amount").GetInt64()));
}

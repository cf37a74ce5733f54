using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class OperationsTests : IAsyncLifetime
{
    private static readonly Guid Stuck = new("01980000-0000-7000-8000-0000000000d1");
    private static readonly Guid Refund = new("01980000-0000-7000-8000-0000000000d2");

    private Site site = null!;

    public async Task InitializeAsync()
    {
        var town = await Town.Build();
        site = Site.In(town, "Development", ("RABBITMQ_MANAGEMENT_URL", new UriBuilder(town.Peer.Url) { UserName = "broker", Password = "secret" }.Uri.ToString()));
        town.On("GET /health/ready", _ => Results.Json(new { status = "ready", broker = true }));
        town.On("GET /operations", _ => Results.Json(new
        {
            version = "1.0.0+0123456789abcdef",
            startedAt = "2026-11-23T08:00:00Z",
            outbox = new { waiting = 3, oldestAt = "2026-11-23T08:50:00Z", dead = 1, firstDead = new[] { new { id = Stuck, type = "Contracts.BookingPaid, Contracts", attempts = 10, createdAt = "2026-11-22T20:00:00Z" } } },
        }));
        town.On("GET /operations/calendars", _ => Results.Json(new
        {
            total = 2,
            items = new object[]
            {
                new { id = Guid.CreateVersion7(), practitionerId = Stuck, host = "calendar.example", state = "withdrawn", problem = "notFound", failingSince = "2026-11-21T08:00:00Z" },
                new { id = Guid.CreateVersion7(), practitionerId = Stuck, host = "ics.example", state = "failing", problem = "tooSlow", failingSince = "2026-11-23T08:50:00Z" },
            },
        }));
        town.On("GET /api/queues", _ => Results.Text("""
            [{"name":"bookings-note-refund","messages_ready":0,"messages_unacknowledged":2,"consumers":1},
             {"name":"bookings-note-refund_error","messages_ready":4,"messages_unacknowledged":0,"consumers":0},
             {"name":"payments-owe-refund_error","messages_ready":0,"consumers":0},{"name":"payments-owe-refund"},{"name":"notifications-send-code","consumers":1}]
            """, "application/json"));
        town.On("GET /api/v1/payments/unsettled", _ => Results.Json(new
        {
            items = new object[]
            {
                new { kind = "refund", id = Refund.ToString(), bookingId = Town.Booking, amount = Town.Price(6000), since = "2026-11-23T08:00:00Z", detail = "expired_or_canceled_card" },
                new { kind = "payment", id = Guid.CreateVersion7().ToString(), bookingId = Town.Booking, amount = Town.Price(12000), since = "2026-11-21T08:00:00Z", detail = (string?)null },
            },
        }));
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task An_operator_sees_money_messages_services_and_queues()
    {
        var opa = await site.SignedIn("operator");
        await opa.Follow();
        Assert.Equal("/ops", opa.Last.Headers.Location?.OriginalString);
        await opa.Go("/ops");
        Assert.Equal("How it runs", opa.Heading);
        foreach (var said in (string[])[
            "$60.00 could not be refunded to a client. (expired_or_canceled_card)", "$120.00 was paid, and there is neither an appointment nor a refund.", "For 2 days.",
            "4 could not be consumed, in bookings-note-refund_error.", "BookingPaid could not be sent by bookings, after 10 tries.",
            "bookings Ready since 23 Nov, 08:00:00 UTC, version 1.0.0, 0123456 3 to be sent, the oldest for 10 minutes",
            "2 in all. Their owners are told.", "2 days calendar.example: notFound, and so the openings are withdrawn.", "10 minutes ics.example: tooSlow.",
            "bookings-note-refund 0 waiting, 2 in hand", "payments-owe-refund 0 waiting, 0 in hand, nobody listens", "The others are empty notifications-send-code"])
        {
            Assert.Contains(said, opa.Text, StringComparison.Ordinal);
        }
        // The broker gets its own sign-in and no person's, the services the operator's and no other.
        Assert.All(site.Town.To("GET /api/queues"), a => Assert.StartsWith("Basic ", a.Headers["Authorization"], StringComparison.Ordinal));
        Assert.All(site.Town.To("GET /operations"), a => Assert.StartsWith("Bearer ", a.Headers["Authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_stuck_is_set_going_by_a_press()
    {
        var opa = await site.SignedIn("operator");
        foreach (var (button, deed) in ((string, string)[])[
            ("Try this refund again", $"POST /api/v1/payments/refunds/{Refund}/retry"),
            ("Deliver again", "POST /operations/queues/bookings-note-refund_error/deliver"),
            ("Send again", $"POST /operations/outbox/{Stuck}/send")])
        {
            await opa.Go("/ops");
            await opa.Press(button);
            Assert.Single(site.Town.To(deed));
            Assert.Contains("someone else was quicker", opa.Text, StringComparison.Ordinal);

            site.Town.On(deed, _ => Results.Json(new { }));
            await opa.Press(button);
            await opa.Follow();
            Assert.NotNull(opa.Page.QuerySelector("[role=status]"));
        }
        await opa.PostBlindly("/ops?handler=Deliver", ("queue", "bookings-note-refund_error"));
        Assert.Equal(400, (int)opa.Last.StatusCode);
    }

    [Fact]
    public async Task What_is_away_is_said_and_hides_nothing_else()
    {
        site.Town.Refuse("GET /operations", 503, "unavailable");
        site.Town.Refuse("GET /api/queues", 500, "internal");
        site.Town.Refuse("GET /api/v1/payments/unsettled", 503, "unavailable");
        site.Town.Refuse("GET /health/ready", 503, "unavailable");
        var opa = await site.SignedIn("operator");
        await opa.Go("/ops");
        Assert.Equal("How it runs", opa.Heading);
        Assert.Contains("Payments is not responding, so we cannot tell right now.", opa.Text, StringComparison.Ordinal);
        Assert.Contains("The broker\u2019s management is not responding.", opa.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_hangs_is_waited_for_once_and_hides_nothing_else()
    {
        var opa = await site.SignedIn("operator");
        foreach (var question in (string[])["GET /operations", "GET /operations/calendars", "GET /api/queues", "GET /api/v1/payments/unsettled"])
            site.Town.Hang(question);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        await opa.Go("/ops");
        // The door gives up after 4.7 s.
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4.5));
        Assert.Equal("How it runs", opa.Heading);
        Assert.Contains("bookings Ready", opa.Text, StringComparison.Ordinal);
        Assert.Contains("Payments is not responding, so we cannot tell right now.", opa.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_for_operators()
    {
        foreach (var role in (string[])["client", "practitioner", "moderator"])
        {
            var other = await site.SignedIn(role);
            await other.Go("/ops");
            Assert.StartsWith("/sign-in", other.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        var nobody = await site.Visitor().Go("/ops");
        Assert.StartsWith("/sign-in", nobody.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Empty(site.Town.To("GET /operations"));
    }
}

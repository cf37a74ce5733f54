using System.Net.Http.Json;
using System.Text.Json;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>The practitioner's appointment book and the client's own bookings.</summary>
public sealed class DeskTests : AtTheDesk
{
    [Fact]
    public async Task The_book_holds_the_own_visits_in_order_page_by_page()
    {
        var mine = new List<Booked>();
        for (var i = 0; i < 5; i++)
            mine.Add(await World.Confirmed());
        await World.Confirmed(World.Listings.Offer());

        var (seen, cursor) = (new List<Guid>(), "");
        do
        {
            var page = await List(Practitioner, $"?limit=2{cursor}");
            seen.AddRange(Ids(page));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(mine.Select(b => b.Id), seen);

        var first = (await List(Practitioner, "")).GetProperty("items")[0];
        Assert.Equal("Kim Client", first.GetProperty("client").GetProperty("name").GetString());
        Assert.Equal("My left hip, please.", first.GetProperty("entrusted").GetProperty("note").GetString());
        Assert.Equal(10, await World.Count("SELECT count(*) FROM entrusted_reads"));
    }

    [Fact]
    public async Task It_can_be_narrowed_by_days_instants_and_status()
    {
        var early = await World.Confirmed();
        var late = await World.Book();
        var (first, second) = (early.Body.GetProperty("start").GetDateTimeOffset(), late.Body.GetProperty("start").GetDateTimeOffset());

        Assert.Equal([early.Id, late.Id], Ids(await List(Practitioner, $"?from={first:yyyy-MM-dd}&to={second:yyyy-MM-dd}")));
        Assert.Empty(Ids(await List(Practitioner, $"?to={first.AddDays(-1):yyyy-MM-dd}")));
        Assert.Equal([late.Id], Ids(await List(Practitioner, $"?from={Uri.EscapeDataString(second.ToString("O"))}")));
        Assert.Equal([early.Id], Ids(await List(Practitioner, $"?to={Uri.EscapeDataString(second.ToString("O"))}")));
        Assert.Equal([late.Id], Ids(await List(Practitioner, "?status=awaitingPayment&status=expired")));

        foreach (var (query, field) in new[] { ("?from=yesterday", "from"), ("?to=2026-13-01", "to"), ("?status=lost", "status"), ("?status=1", "status"), ("?status=confirmed,completed", "status"), ("?limit=0", "limit"), ("?limit=101", "limit") })
        {
            using var bad = await Practitioner.GetAsync(new Uri($"/api/v1/me/bookings{query}", UriKind.Relative));
            await Refusal.Names(bad, field);
        }
        using var forged = await Practitioner.GetAsync(new Uri("/api/v1/me/bookings?cursor=Zm9yZ2Vk", UriKind.Relative));
        await Refusal.Is(forged, 400, "forged-cursor");
    }

    [Fact]
    public async Task A_client_sees_the_own_bookings_without_what_is_sealed()
    {
        var account = Guid.CreateVersion7();
        var client = World.Service.As("client", account, email: "own@example.org");
        var signedIn = await World.Book(caller: client);
        var wish = World.Wish();
        wish["client"]!["email"] = "Own@example.org";
        var asGuest = await World.Book(wish: wish);
        await World.Book();

        var list = await List(client, "");
        Assert.Equal([signedIn.Id, asGuest.Id], Ids(list));
        Assert.All(list.GetProperty("items").EnumerateArray(), b => Assert.Equal(JsonValueKind.Null, b.GetProperty("entrusted").ValueKind));
    }

    [Fact]
    public async Task Strangers_are_401_other_roles_403_and_other_peoples_visits_404()
    {
        var booked = await World.Confirmed();
        using (var list = await World.Guest.GetAsync(new Uri("/api/v1/me/bookings", UriKind.Relative)))
            await Refusal.Is(list, 401, "unauthenticated");
        foreach (var action in (string[])["cancel", "complete", "no-show", "refund"])
        {
            using var guest = await Post(World.Guest, booked, action);
            await Refusal.Is(guest, 401, "unauthenticated");
            using var client = await Post(World.Service.As("client"), booked, action);
            await Refusal.Is(client, 403, "forbidden");
            using var colleague = await Post(World.Service.As("practitioner", practitionerId: Guid.CreateVersion7()), booked, action);
            await Refusal.Is(colleague, 404, "not-found");
        }
        Assert.Equal("confirmed", await World.Status(booked.Id));
    }

    [Fact]
    public async Task When_the_practitioner_cannot_come_everything_goes_back()
    {
        var booked = await World.Confirmed();
        World.Service.Clock.MoveTo(booked.Body.GetProperty("start").GetDateTimeOffset().AddMinutes(-1));
        Practitioner = World.Service.As("practitioner", practitionerId: World.Listings.Usual.PractitionerId);
        var done = await World.Read(await Post(Practitioner, booked, "cancel"));

        Assert.Equal("cancelledByPractitioner", done.GetProperty("status").GetString());
        Assert.Equal(12_000, done.GetProperty("refund").GetProperty("amount").GetInt64());
        using var again = await Post(Practitioner, booked, "cancel");
        await Refusal.Is(again, 409, "state-conflict");
    }

    [Fact]
    public async Task Done_and_not_come_are_said_only_when_they_can_be_true()
    {
        var (visited, missed) = (await World.Confirmed(), await World.Confirmed());
        using (var early = await Post(Practitioner, visited, "complete"))
            await Refusal.Is(early, 409, "state-conflict");
        World.Service.Clock.MoveTo(missed.Body.GetProperty("start").GetDateTimeOffset().AddMinutes(15).AddSeconds(-1));
        Practitioner = World.Service.As("practitioner", practitionerId: World.Listings.Usual.PractitionerId);
        using (var early = await Post(Practitioner, missed, "no-show"))
            await Refusal.Is(early, 409, "state-conflict");

        World.Service.Clock.Advance(TimeSpan.FromSeconds(1));
        using (var missing = await Post(Practitioner, missed, "no-show"))
            Assert.Equal("noShow", (await World.Read(missing)).GetProperty("status").GetString());
        using (var done = await Post(Practitioner, visited, "complete"))
            Assert.Equal("completed", (await World.Read(done)).GetProperty("status").GetString());
        Assert.Equal(1, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingCompleted,%'"));
        Assert.Equal(0, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%'"));
    }

    [Fact]
    public async Task After_the_practitioners_move_the_client_can_still_leave_with_everything()
    {
        var booked = await World.Confirmed();
        World.Service.Clock.MoveTo(booked.Body.GetProperty("start").GetDateTimeOffset().AddHours(-1));
        Practitioner = World.Service.As("practitioner", practitionerId: World.Listings.Usual.PractitionerId);
        using (var moved = await Practitioner.PostAsJsonAsync($"/api/v1/me/bookings/{booked.Id}/reschedule", new { start = World.Availability.NextStart().AddDays(9) }))
            Assert.True(moved.IsSuccessStatusCode, await moved.Content.ReadAsStringAsync());

        var preview = await World.Read(await World.Call(HttpMethod.Get, booked, "/cancel-preview"));
        Assert.Equal(12_000, preview.GetProperty("refund").GetProperty("amount").GetInt64());
    }

    private static Task<HttpResponseMessage> Post(HttpClient caller, Booked booked, string action) =>
        caller.PostAsync(new Uri($"/api/v1/me/bookings/{booked.Id}/{action}", UriKind.Relative), null);

    private static async Task<JsonElement> List(HttpClient caller, string query)
    {
        using var answer = await caller.GetAsync(new Uri($"/api/v1/me/bookings{query}", UriKind.Relative));
        return await World.Read(answer);
    }

    private static IEnumerable<Guid> Ids(JsonElement list) => list.GetProperty("items").EnumerateArray().Select(b => b.GetProperty("id").GetGuid());
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>Who sees what of a booking.</summary>
public sealed class ReadingTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task The_client_sees_where_it_stands_and_what_can_be_done()
    {
        var booked = await world.Book();
        var waiting = await world.Show(booked);
        Assert.Equal(["pay", "cancel"], Actions(waiting));
        Assert.Equal(booked.Body.GetProperty("checkoutUrl").GetString(), waiting.GetProperty("checkoutUrl").GetString());
        Assert.Equal(12_000, waiting.GetProperty("due").GetProperty("amount").GetInt64());
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("location").GetProperty("addressLine").ValueKind);
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("entrusted").ValueKind);

        await world.Change(booked.Id, b => b.NotePayment(Guid.CreateVersion7(), b.DueNow, world.Now));
        Assert.Equal(["cancel"], Actions(await world.Show(booked)));
        await world.Change(booked.Id, b => b.Confirm(world.Now));
        var confirmed = await world.Show(booked);
        Assert.Equal(["cancel", "reschedule"], Actions(confirmed));
        Assert.Equal("1 Main Street", confirmed.GetProperty("location").GetProperty("addressLine").GetString());
        Assert.Equal(12_000, confirmed.GetProperty("paid").GetProperty("amount").GetInt64());
        Assert.Equal(0, confirmed.GetProperty("due").GetProperty("amount").GetInt64());
        Assert.Equal(
            ["requested awaitingPayment client", "paid awaitingPayment client", "confirmed confirmed system"],
            confirmed.GetProperty("history").EnumerateArray().Select(h => $"{h.GetProperty("event")} {h.GetProperty("status")} {h.GetProperty("by")}"));
    }

    [Fact]
    public async Task Once_the_hold_is_over_there_is_nothing_to_pay_on()
    {
        var booked = await world.Book();
        world.Service.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.DoesNotContain("pay", Actions(await world.Show(booked)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/cancel-preview")]
    [InlineData("/reschedule-preview?start=2026-12-09T09:00:00-07:00")]
    [InlineData("/calendar.ics")]
    public async Task To_anybody_else_it_does_not_exist(string path)
    {
        var booked = await world.Confirmed();
        var other = await world.Book();
        var tokens = new LinkTokens(new KeyedHash(Secrets()));
        foreach (var token in (string[])["wrong", "", other.Token, tokens.Make("manage", booked.Id, 0), tokens.Make("feed", booked.Id, 1), booked.Token + "x"])
        {
            using var answer = await world.Call(HttpMethod.Get, booked, path, token: token);
            await Refusal.Is(answer, 404, "not-found");
        }
        foreach (var stranger in (HttpClient[])
            [world.Guest, world.Service.As("client"), world.Service.As("practitioner", practitionerId: Guid.CreateVersion7()), world.Service.As("moderator"), world.Service.AsService()])
        {
            using var answer = await world.Call(HttpMethod.Get, booked, path, caller: stranger);
            await Refusal.Is(answer, 404, "not-found");
        }
        using var unknown = await world.Call(HttpMethod.Get, new Booked(Guid.CreateVersion7(), booked.Token, booked.Body), path);
        await Refusal.Is(unknown, 404, "not-found");
    }

    [Theory]
    [InlineData("bookings", "")]
    [InlineData("bookings", "/cancel-preview")]
    [InlineData("waitlist", "")]
    public async Task Whoever_is_signed_in_no_longer_hears_so_whether_or_not_there_is_anything(string what, string path)
    {
        var (mine, account) = (await world.Book(), world.Service.As("client", email: "kim@example.org"));
        world.Service.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var id in (Guid[])[mine.Id, Guid.CreateVersion7()])
        {
            using var answer = await account.GetAsync(new Uri($"/api/v1/{what}/{id}{path}", UriKind.Relative));
            await Refusal.Is(answer, 401, "unauthenticated");
        }
    }

    [Fact]
    public async Task Raising_the_version_revokes_every_link()
    {
        var booked = await world.Confirmed();
        await world.Service.Db.Scalar<int>("UPDATE bookings SET manage_version = 2 WHERE id = $1", booked.Id);
        using var answer = await world.Call(HttpMethod.Get, booked);
        await Refusal.Is(answer, 404, "not-found");
    }

    [Fact]
    public async Task The_account_that_booked_and_the_owner_of_the_address_see_it_too()
    {
        var account = Guid.CreateVersion7();
        var booked = await world.Book(caller: world.Service.As("client", id: account));
        await world.Show(booked, world.Service.As("client", id: account));
        await world.Show(booked, world.Service.As("client", email: (await world.Show(booked)).GetProperty("client").GetProperty("email").GetString()!));
    }

    [Fact]
    public async Task The_practitioner_reads_what_was_entrusted_and_the_reading_is_on_record()
    {
        var wish = world.Wish();
        wish["visitor"] = JsonNode.Parse("""{"relation":"child","firstName":"Mo","birthMonth":"2024-03","guardianConsent":true}""");
        var booked = await world.Confirmed(wish: wish);
        var me = Guid.CreateVersion7();
        var seen = await world.Show(booked, world.Service.As("practitioner", me, world.Listings.Usual.PractitionerId));

        var entrusted = seen.GetProperty("entrusted");
        Assert.Equal("My left hip, please.", entrusted.GetProperty("note").GetString());
        Assert.Equal("Mo", entrusted.GetProperty("visitorFirstName").GetString());
        Assert.Equal(["clothed", "no-mouth-work"], entrusted.GetProperty("touch").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("+13035550123", seen.GetProperty("client").GetProperty("phone").GetString());
        Assert.Equal(1, await world.Count("SELECT count(*) FROM entrusted_reads WHERE booking_id = $1 AND reader_id = $2", booked.Id, me));
    }

    [Fact]
    public async Task A_letter_says_what_a_mail_may_say_and_no_more()
    {
        var booked = await world.Confirmed();
        var address = new Uri($"/internal/bookings/{booked.Id}/letter", UriKind.Relative);
        using var answer = await world.Service.AsService().GetAsync(address);
        var letter = await World.Read(answer);

        Assert.Equal(("confirmed", "Ana Reyes", false), (letter.GetProperty("status").GetString(), letter.GetProperty("practitionerName").GetString(), letter.GetProperty("forSomeoneElse").GetBoolean()));
        Assert.Equal("1 Main Street", letter.GetProperty("location").GetProperty("addressLine").GetString());
        Assert.EndsWith($"/manage/{booked.Id}?token={booked.Token}", letter.GetProperty("manageUrl").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, letter.GetProperty("tiers").GetArrayLength());
        Assert.Equal((0, 0), (letter.GetProperty("refunded").GetProperty("amount").GetInt64(), letter.GetProperty("refundDue").GetProperty("amount").GetInt64()));
        Assert.DoesNotContain("hip", letter.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("mouth", letter.GetRawText(), StringComparison.Ordinal);

        foreach (var outsider in (HttpClient[])[world.Guest, world.Service.As("operator")])
        {
            using var refused = await outsider.GetAsync(address);
            Assert.True((int)refused.StatusCode is 401 or 403);
        }
    }

    [Fact]
    public async Task The_calendar_file_keeps_its_identity_through_a_move_and_a_cancellation()
    {
        var wish = world.Wish(world.Listings.Offer(zone: "Europe/Dublin"));
        var booked = await world.Confirmed(wish: wish);
        var first = await Calendar(booked);
        Assert.Contains($"UID:{booked.Id}@localhost", first);
        Assert.Contains("SEQUENCE:0", first);
        Assert.Contains($"DTSTART:{DateTimeOffset.Parse((string)wish["start"]!, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime:yyyyMMdd'T'HHmmss'Z'}", first);
        Assert.Contains("SUMMARY:Visit with Ana Reyes", first);

        await world.Change(booked.Id, b =>
        {
            b.IntendMove(b.StartsAt.AddDays(1), b.Place, Party.Client, world.Now);
            b.FinishMove(1, AgreedTime.At(b.Place, b.StartsAt.AddDays(1), b.EndsAt.AddDays(1)), world.Now);
        });
        Assert.Contains("SEQUENCE:1", await Calendar(booked));
        await world.Change(booked.Id, b => b.Cancel(Party.Client, world.Now));
        var last = await Calendar(booked);
        Assert.Contains($"UID:{booked.Id}@localhost", last);
        Assert.Contains("SEQUENCE:2", last);
        Assert.Contains("STATUS:CANCELLED", last);
    }

    [Fact]
    public async Task A_booking_that_was_never_confirmed_is_no_calendar_entry()
    {
        using var answer = await world.Call(HttpMethod.Get, await world.Book(), "/calendar.ics");
        await Refusal.Is(answer, 409, "state-conflict");
    }

    [Fact]
    public async Task The_description_lists_what_there_is()
    {
        using var answer = await world.Guest.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        var paths = (await World.Read(answer)).GetProperty("paths").EnumerateObject().Select(p => p.Name.TrimEnd('/')).ToList();

        foreach (var path in (string[])["", "/{id}", "/{id}/cancel-preview", "/{id}/cancel", "/{id}/reschedule-preview", "/{id}/reschedule", "/{id}/calendar.ics"])
            Assert.Contains($"/api/v1/bookings{path}", paths);
        foreach (var path in (string[])["", "/{id}/cancel", "/{id}/complete", "/{id}/no-show", "/{id}/reschedule"])
            Assert.Contains($"/api/v1/me/bookings{path}", paths);
        Assert.Contains("/api/v1/safety-screen", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("/internal", StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Actions(JsonElement booking) => booking.GetProperty("actions").EnumerateArray().Select(a => a.GetString());

    /// <summary>The file's lines, unfolded; whatever is not as RFC 5545 wants it fails.</summary>
    private async Task<string[]> Calendar(Booked booked)
    {
        // A calendar program sends no headers of its own.
        using var answer = await world.Guest.GetAsync(new Uri($"/api/v1/bookings/{booked.Id}/calendar.ics?token={booked.Token}", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        var lines = text.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd().Split("\r\n");
        foreach (var name in (string[])["UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"])
            Assert.Single(lines, line => line.StartsWith(name + ":", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("hip", StringComparison.Ordinal) || line.Contains("First visit", StringComparison.Ordinal));
        return lines;
    }

    private static Secrets Secrets() => new(Convert.FromBase64String(Bare(TestKeys.EncryptionKey)), Convert.FromBase64String(Bare(TestKeys.LinkKey)), null!);

    private static string Bare(string key) => key.StartsWith("dev:", StringComparison.Ordinal) ? key[4..] : key;
}

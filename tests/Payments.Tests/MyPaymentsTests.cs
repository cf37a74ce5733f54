using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using TestKit;
using Xunit;

namespace Payments.Tests;

public sealed class MyPaymentsTests : IAsyncLifetime
{
    private readonly Guid practitioner = Guid.CreateVersion7();
    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open();

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task A_practitioner_signs_up_at_Stripe_and_can_then_be_paid()
    {
        // Stripe dates what happens within this second by its beginning.
        till.Clock.Advance(TimeSpan.FromMilliseconds(400));
        var me = till.Payments.As("practitioner", practitionerId: practitioner);
        Assert.Equal("none", await State(me));
        var ask = till.Ask(Guid.CreateVersion7(), practitioner, demo: false);
        await Refusal.Is(await till.Checkout(ask), 422, "not-payable");

        using var started = await me.PostAsJsonAsync("/api/v1/me/payments/onboarding", new { country = "US" });
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        Assert.Equal("incomplete", await State(me));
        await Refusal.Is(await till.Checkout(ask), 422, "not-payable");

        var page = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!;
        using (var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }))
        {
            using var done = await browser.PostAsync(page, new FormUrlEncodedContent([]));
            Assert.Equal("http://localhost:8080/desk/payments", done.Headers.Location?.ToString());
        }

        await Eventually.True(async () => await State(me) == "ready");
        using var payable = await till.Checkout(ask);
        Assert.Equal(HttpStatusCode.OK, payable.StatusCode);

        using var again = await me.PostAsync("/api/v1/me/payments/onboarding", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Single(await till.Stripe.All("accounts"));
    }

    [Fact]
    public async Task Who_is_invented_can_be_paid_from_the_start_whatever_they_press()
    {
        var ana = till.Payments.As("practitioner", practitionerId: till.Invented);
        Assert.Equal("ready", await State(ana));
        Assert.Empty(await till.Stripe.All("accounts"));

        using var pressed = await ana.PostAsync("/api/v1/me/payments/onboarding", null);
        Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
        using var payable = await till.Checkout(till.Ask(Guid.CreateVersion7(), till.Invented));
        Assert.Equal(HttpStatusCode.OK, payable.StatusCode);
        Assert.Equal("ready", await State(ana));
    }

    [Fact]
    public async Task The_movements_are_listed_newest_first_page_by_page_and_only_ones_own()
    {
        var mine = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            mine.Add(await till.PaidBooking(practitionerId: practitioner));
            till.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await till.PaidBooking();
        var me = till.Payments.As("practitioner", practitionerId: practitioner);
        var first = await me.GetFromJsonAsync<JsonElement>("/api/v1/me/payments?limit=2");
        var rest = await me.GetFromJsonAsync<JsonElement>($"/api/v1/me/payments?limit=2&cursor={first.GetProperty("nextCursor").GetString()}");
        var items = first.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).ToList();

        Assert.Equal(Enumerable.Reverse(mine), items.Select(i => i.GetProperty("bookingId").GetGuid()));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
        Assert.All(items, i => Assert.Equal("payment", i.GetProperty("kind").GetString()));
        Assert.Equal((12345, 309, 12036), (Minor(items[0], "gross"), Minor(items[0], "fee"), Minor(items[0], "net")));

        var other = till.Payments.As("practitioner", practitionerId: Guid.CreateVersion7());
        Assert.Empty((await other.GetFromJsonAsync<JsonElement>("/api/v1/me/payments")).GetProperty("items").EnumerateArray());
        await Refusal.Is(await other.GetAsync($"/api/v1/me/payments?cursor={first.GetProperty("nextCursor").GetString()}"), 400, "forged-cursor");
        await Refusal.Is(await till.Payments.As("client").GetAsync("/api/v1/me/payments"), 403, "forbidden");
    }

    [Fact]
    public async Task The_statement_opens_in_a_spreadsheet()
    {
        var id = await till.PaidBooking(practitionerId: practitioner);
        var csv = await till.Payments.As("practitioner", practitionerId: practitioner).GetStringAsync("/api/v1/me/payments/statement.csv");
        Assert.Equal($"at,kind,booking,gross,fee,net,currency\r\n2026-11-23T09:00:00Z,payment,{id},123.45,3.09,120.36,USD\r\n", csv);
    }

    [Fact]
    public async Task The_statement_has_every_part_also_one_too_small_for_a_share_of_the_practitioners()
    {
        var id = await till.PaidBooking(amount: 100, practitionerId: practitioner);
        foreach (var (part, count) in ((long, int)[])[(16, 1), (1, 2)])
        {
            // Movements of one millisecond come in no particular order.
            till.Clock.Advance(TimeSpan.FromSeconds(1));
            await till.Tell(new RefundOwed(id, Guid.CreateVersion7(), new Money(part, "USD"), "byPractitioner", till.Clock.GetUtcNow()));
            await till.HeardRefund(id, count);
        }

        var csv = await till.Payments.As("practitioner", practitionerId: practitioner).GetStringAsync("/api/v1/me/payments/statement.csv");
        Assert.Equal(["1.00,0.03,0.97", "-0.16,0.00,-0.16", "-0.01,-0.01,0.00"], csv.Split("\r\n")[1..^1].Select(line => string.Join(',', line.Split(',')[3..6])));
    }

    private static long Minor(JsonElement item, string name) => item.GetProperty(name).GetProperty("amount").GetInt64();

    private static async Task<string?> State(HttpClient me) =>
        (await me.GetFromJsonAsync<JsonElement>("/api/v1/me/payments")).GetProperty("account").GetProperty("state").GetString();
}

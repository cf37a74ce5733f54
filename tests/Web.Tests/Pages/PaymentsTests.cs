using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class PaymentsTests : IAsyncLifetime
{
    private const string Onboarding = "POST /api/v1/me/payments/onboarding";

    private static readonly string[] NotThere = ["Payments do not reach this country yet."];

    private Site site = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.On("GET /api/v1/me/listing", _ => Listing("US"));
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Who_cannot_be_paid_yet_is_led_to_Stripe_and_told_when_it_is_done()
    {
        Account("none");
        site.Town.On(Onboarding, _ => Results.Json(new { url = "http://127.0.0.1:4242/setup/e/1", expiresAt = "2026-11-23T09:05:00Z" }));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/payments");
        Assert.Equal("How would you like to be paid?", ana.Heading);
        Assert.Equal("page", ana.Page.QuerySelector(".desk-nav a[href='/desk/payments']")?.GetAttribute("aria-current"));

        await ana.Press("Set up payments at Stripe");
        Assert.Equal("http://127.0.0.1:4242/setup/e/1", ana.Last.Headers.Location?.OriginalString);
        Assert.Equal("""{"country":"US"}""", Assert.Single(site.Town.To(Onboarding)).Body);

        Account("incomplete");
        await ana.Go("/desk/payments");
        Assert.Equal("Stripe needs a little more", ana.Heading);
        await ana.Go(ana.Page.QuerySelector("[data-waits-for]")!.GetAttribute("data-waits-for")!);
        Assert.Equal("""{"settled":false}""", await ana.Last.Content.ReadAsStringAsync());

        Account("ready", payouts: true);
        await ana.Go("/desk/payments");
        Assert.Equal("You can be paid", ana.Heading);
        Assert.Null(ana.Page.QuerySelector("main form"));
    }

    [Fact]
    public async Task Who_works_in_two_countries_says_which_and_hears_when_payments_do_not_reach_it()
    {
        Account("none");
        site.Town.On("GET /api/v1/me/listing", _ => Listing("US", "TV"));
        site.Town.Refuse(Onboarding, 400, "validation", new { errors = new { country = NotThere } });
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/payments");
        await ana.Press("Set up payments at Stripe", ("Country", "TV"));
        Assert.Equal("""{"country":"TV"}""", Assert.Single(site.Town.To(Onboarding)).Body);
        Assert.Contains("Payments do not reach this country yet.", ana.Text, StringComparison.Ordinal);
        Assert.Equal("#Country", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.NotNull(ana.Page.QuerySelector("#Country"));

        site.Town.Refuse(Onboarding, 503, "unavailable");
        await ana.Press("Set up payments at Stripe");
        Assert.Contains("is not responding right now", ana.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_moved_is_told_in_days_of_the_practice_and_can_be_taken_along()
    {
        Account("ready", payouts: true);
        site.Town.On("GET /api/v1/me/payments/statement.csv", _ => Results.Text("at,kind\r\n", "text/csv"));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/payments");
        var moved = ana.Page.QuerySelectorAll(".moves li").Select(l => string.Join(' ', l.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(
            ["22 November 2026 Your part: \u2212$58.50 Refunded $60.00, our fee \u2212$1.50", "21 November 2026 Your part: $117.00 Paid $120.00, our fee $3.00"], moved);
        Assert.Contains("cursor=older", ana.Page.QuerySelector("main a.button")!.GetAttribute("href"), StringComparison.Ordinal);

        await ana.Go("/desk/payments?handler=Statement");
        Assert.Equal("attachment", ana.Last.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("at,kind\r\n", await ana.Last.Content.ReadAsStringAsync());
        Assert.All(site.Town.All.Where(a => a.Question.Contains("/me/payments", StringComparison.Ordinal)), a => Assert.StartsWith("Bearer ", a.Headers["Authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_for_practitioners()
    {
        foreach (var role in (string[])["client", "moderator", "operator"])
        {
            var other = await site.SignedIn(role);
            await other.Go("/desk/payments?handler=Statement");
            Assert.Equal(HttpStatusCode.Redirect, other.Last.StatusCode);
            Assert.StartsWith("/sign-in", other.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(site.Town.All, a => a.Question.Contains("/me/payments", StringComparison.Ordinal));
    }

    private static IResult Listing(params string[] countries) =>
        Results.Json(new { name = "Ana Reyes", locations = countries.Select(country => new { name = "Studio", country, timeZone = "America/Denver" }) });

    private void Account(string state, bool payouts = false) => site.Town.On("GET /api/v1/me/payments", _ => Results.Json(new
    {
        account = new { state, chargesEnabled = state == "ready", payoutsEnabled = payouts, demo = false },
        items = new[] { Moved("refund", -1, "2026-11-23T02:00:00Z"), Moved("payment", 2, "2026-11-21T18:00:00Z") },
        nextCursor = "older",
    }));

    private static object Moved(string kind, int halves, string at) => new
    {
        id = Guid.CreateVersion7(),
        at,
        kind,
        bookingId = Town.Booking,
        gross = Town.Price(6000 * halves),
        fee = Town.Price(150 * halves),
        net = Town.Price(5850 * halves),
    };
}

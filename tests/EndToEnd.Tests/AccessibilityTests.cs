using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Every page, on a phone and on a desk, once by day and once by night.</summary>
[Collection(RunningProduct.Name)]
public sealed class AccessibilityTests(Product product) : IDisposable
{
    private static readonly string[] ForAnybody =
    [
        "/", "/?for=baby", "/find?near=Denver%2C+CO", "/find?near=Denver%2C+CO&lineage=biodynamic&specialty=pelvic-health", "/find?near=Qwxyzzy", "/find?near=Denver%2C+CO&radiusKm=5&weekday=sunday&language=ja", "/us/co/denver", "/us/co/denver/pelvic-health", "/lineages/biodynamic", "/specialties/pelvic-health", "/first-visit",
        "/privacy", "/accessibility", "/sign-in", "/register", "/account/forgot", "/dev/mail", "/docs/api", "/nothing-here", "/book/nothing",
    ];

    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Theory]
    [InlineData(Browser.Phone, true)]
    [InlineData(Browser.Desk, false)]
    public async Task Pages_for_anybody(int width, bool night)
    {
        await using var browser = await Browser.Open(product, width, night);
        var offer = (await visitor.FreeTimes())[0];

        foreach (var path in (string[])[.. ForAnybody, $"/practitioners/{offer.Slug}", $"/practitioners/{offer.Slug}/times"])
        {
            await browser.Page.GotoAsync(path);
            await browser.IsAccessible();
        }
    }

    [Theory]
    [InlineData(Browser.Phone, true)]
    [InlineData(Browser.Desk, false)]
    public async Task The_steps_of_a_booking_and_what_comes_after(int width, bool night)
    {
        await using var browser = await Browser.Open(product, width, night);
        var page = browser.Page;
        var offer = (await visitor.FreeTimes(20))[0];
        await page.GotoAsync($"/practitioners/{offer.Slug}/times?service={offer.ServiceId}");
        await page.GetByRole(AriaRole.Radio).Nth(2).CheckAsync(new() { Force = true });
        await page.ToDetails(GoOn);
        // Nothing filled in: the page with its mistakes is looked at as well.
        await GoOn("Continue");
        await page.SayWho();
        await GoOn("Continue");

        var booking = await visitor.Book((await visitor.FreeTimes())[3]);
        await visitor.Pay(booking);
        await visitor.Becomes(booking, "confirmed");
        await page.GotoAsync($"/manage/{booking.Id}?token={booking.Token}");
        Assert.DoesNotContain("token", page.Url, StringComparison.OrdinalIgnoreCase);
        await browser.IsAccessible();
        foreach (var change in (string[])["cancel", "reschedule"])
        {
            await page.GotoAsync($"/bookings/{booking.Id}/{change}");
            await browser.IsAccessible();
        }

        async Task GoOn(string button)
        {
            await browser.IsAccessible();
            await page.Press(button);
        }
    }

    [Theory]
    [InlineData(Browser.Phone, false)]
    [InlineData(Browser.Desk, true)]
    public async Task The_desk_and_the_pages_of_those_who_run_it(int width, bool night)
    {
        await using (var practitioner = await SignedIn("DEMO_PRACTITIONER", width, night))
        {
            foreach (var path in (string[])["/desk/week", "/desk/month", "/desk/visits/new", "/desk/listing", "/desk/hours", "/desk/calendars", "/desk/payments", "/account"])
            {
                await practitioner.Page.GotoAsync(path);
                await practitioner.IsAccessible();
            }
        }
        foreach (var (who, path) in ((string, string)[])[("DEMO_MODERATOR", "/moderation"), ("DEMO_OPERATOR", "/ops")])
        {
            await using var other = await SignedIn(who, width, night);
            await other.Page.GotoAsync(path);
            await other.IsAccessible();
        }
    }

    private async Task<Browser> SignedIn(string who, int width, bool night)
    {
        var browser = await Browser.Open(product, width, night);
        await browser.SignIn(product.Setting(who).Split(':', 2));
        return browser;
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Whoever finds nobody is told once somebody is there.</summary>
[Collection(RunningProduct.Name)]
public sealed partial class WaitlistTests(Product product) : IDisposable
{
    private static readonly string[] Formats = ["inPerson"], Lines = ["1 Main Street"];

    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Fact]
    public async Task Somebody_waits_for_a_practitioner_who_is_not_there_yet_and_is_led_to_them()
    {
        await using var browser = await Browser.Open(product, Browser.Phone);
        var page = browser.Page;
        var email = $"guest-{Guid.CreateVersion7():N}@example.org";
        await page.GotoAsync("/find?near=Denver%2C+CO&q=Wilhelmina+Quixwood");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.Press("Tell me when someone fits");
        await Heading("You are waiting for someone who fits");
        await browser.IsAccessible();

        await NewPractitioner.Published(
            product, visitor, "Wilhelmina Quixwood", new { name = "First visit", minutes = 60, price = new { amount = 9000, currency = "USD" }, formats = Formats },
            new { name = "Studio", addressLines = Lines, locality = "Denver", region = "CO", country = "US", lat = 39.74, lon = -104.99, timeZone = "America/Denver", formats = Formats });

        var mail = await Eventually.Some(
            async () => (await Mailbox.To(product, email)).SingleOrDefault(m => m.Contains("Someone fits", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "who waits is told");
        Assert.DoesNotContain("Quixwood", mail, StringComparison.Ordinal);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Link().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).Value);
        await Heading("Someone fits now");
        await browser.IsAccessible();
        await page.GetByRole(AriaRole.Link, new() { Name = "See who it is" }).ClickAsync();
        await Heading("1 person near Denver, Colorado, US");

        Task Heading(string words) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = words, Level = 1 })).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/waiting/[0-9a-f-]{36}/open\?token=[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}

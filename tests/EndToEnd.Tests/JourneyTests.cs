using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>From search to a confirmed visit in a real browser: with scripts, without, and by keyboard alone.</summary>
[Collection(RunningProduct.Name)]
public sealed partial class JourneyTests(Product product) : IDisposable
{
    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Theory]
    [InlineData(Browser.Desk, true)]
    [InlineData(Browser.Phone, true)]
    [InlineData(Browser.Phone, false)]
    public async Task A_stranger_finds_books_and_pays(int width, bool scripts)
    {
        await using var browser = await Browser.Open(product, width, scripts: scripts);
        var page = browser.Page;
        var offer = (await visitor.FreeTimes())[0];

        await page.GotoAsync("/");
        await page.GetByLabel("Where").FillAsync("Denver, CO");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find someone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 }).First).ToBeVisibleAsync();

        await page.GotoAsync($"/practitioners/{offer.Slug}");
        await page.GetByRole(AriaRole.Link, new() { Name = "See free times", Exact = true }).ClickAsync();
        await page.GotoAsync($"/practitioners/{offer.Slug}/times?service={offer.ServiceId}");
        var time = page.GetByRole(AriaRole.Radio).Nth(3);
        Assert.Matches(SpokenTime(), await SpokenName(time));
        await time.CheckAsync(new() { Force = true });
        await page.ToDetails(page.Press);
        await page.SayWho();
        await page.Press("Continue");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = BookAndPay() }).ClickAsync();
        await page.GetByLabel("Card number").FillAsync("4242 4242 4242 4242");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Pay() }).ClickAsync();

        await Assertions.Expect(page.GetByText("A confirmation with a calendar entry is on its way")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.DoesNotContain("token", page.Url, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_whole_way_can_be_gone_by_keyboard_alone()
    {
        await using var browser = await Browser.Open(product, Browser.Desk);
        var page = browser.Page;
        var offer = (await visitor.FreeTimes())[0];

        await page.GotoAsync($"/practitioners/{offer.Slug}/times?service={offer.ServiceId}");
        await TabTo(page, "input[name=Time]");
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, "main form button.button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/book/who**");
        await TabTo(page, "input[name=For]");
        await page.Keyboard.PressAsync("Space");
        await GoOn(page, "safety");
        await TabTo(page, "input[name=Applies]");
        await page.Keyboard.PressAsync("Space");
        await GoOn(page, "touch");
        await GoOn(page, "details");
        await TabTo(page, "#Name");
        await page.Keyboard.TypeAsync("Robin Guest");
        await TabTo(page, "#Email");
        await page.Keyboard.TypeAsync($"guest-{Guid.CreateVersion7():N}@example.org");
        await GoOn(page, "review");
        await TabTo(page, "main .reach button.button");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByLabel("Card number")).ToBeVisibleAsync();
        await TabTo(page, "#card");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("A confirmation with a calendar entry is on its way")).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    private static async Task GoOn(IPage page, string step)
    {
        await TabTo(page, "main .reach button.button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/book/{step}**");
    }

    /// <summary>Tabs forward until something that matches has the focus, and the focus can be seen.</summary>
    private static async Task TabTo(IPage page, string selector)
    {
        for (var presses = 0; presses < 200; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("s => document.activeElement !== null && document.activeElement.matches(s)", selector))
                return;
        }
        throw new InvalidOperationException($"The keyboard does not reach {selector} on {page.Url}.");
    }

    private static Task<string> SpokenName(ILocator radio) =>
        radio.EvaluateAsync<string>("r => [...r.labels].map(l => l.textContent).join(' ').replace(/\\s+/g, ' ').trim()");

    [GeneratedRegex(@"^\d{1,2}:\d\d [ap]m, (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+( \d{4})?, .+ time")]
    private static partial Regex SpokenTime();

    [GeneratedRegex("^Book and pay ")]
    private static partial Regex BookAndPay();

    [GeneratedRegex("^Pay ")]
    private static partial Regex Pay();
}

using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>What people do on the pages, whichever test watches them.</summary>
public static class Steps
{
    public static Task Press(this IPage page, string button) =>
        page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>From the chosen time to the page that asks who comes: for oneself, and nothing applies.</summary>
    /// <param name="press">Leaves a page by this button.</param>
    public static async Task ToDetails(this IPage page, Func<string, Task> press)
    {
        await press("Keep this time");
        await page.GetByLabel("Me", new() { Exact = true }).CheckAsync(new() { Force = true });
        await press("Continue");
        await page.GetByLabel("No, none of these").CheckAsync(new() { Force = true });
        await press("Continue");
        await press("Continue");
    }

    public static async Task SayWho(this IPage page)
    {
        await page.GetByLabel("Your name").FillAsync("Robin Guest");
        await page.GetByLabel("Email address").FillAsync($"guest-{Guid.CreateVersion7():N}@example.org");
    }
}

using Microsoft.Playwright;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>From a first visit to being paid, as a practitioner goes it.</summary>
[Collection(RunningProduct.Name)]
public sealed class OnboardingTests(Product product)
{
    [Theory]
    [InlineData(Browser.Desk, true)]
    [InlineData(Browser.Phone, false)]
    public async Task A_practitioner_opens_an_account_and_can_be_paid(int width, bool scripts)
    {
        await using var browser = await Browser.Open(product, width, scripts: scripts);
        var page = browser.Page;
        var email = $"practitioner-{Guid.CreateVersion7():N}@example.org";

        await page.GotoAsync("/register?role=practitioner");
        await page.GetByLabel("Your name").FillAsync("Nia Okafor");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("slow and quiet hands");
        await page.Press("Create the account");
        var mail = await Eventually.Some(async () => (await Mailbox.To(product, email)).SingleOrDefault(), TimeSpan.FromSeconds(30), "the first mail has come");
        await page.GotoAsync($"/account/confirm?code={NewPractitioner.CodeIn(mail)}");
        await page.GetByLabel("Your password").FillAsync("slow and quiet hands");
        await page.Press("Yes, that is me");
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync("slow and quiet hands");
        await page.Press("Sign in");

        await page.GetByRole(AriaRole.Link, new() { Name = "Payments", Exact = true }).ClickAsync();
        await Assertions.Expect(Heading("How would you like to be paid?")).ToBeVisibleAsync();
        await IsAccessible();

        // A first look at Stripe's page, and back.
        await page.Press("Set up payments at Stripe");
        await page.GetByRole(AriaRole.Link, new() { Name = "Not now, go back" }).ClickAsync();
        await Assertions.Expect(Heading("Stripe needs a little more")).ToBeVisibleAsync();
        Assert.Equal(new Uri(product.Url, "/desk/payments").ToString(), page.Url);
        await IsAccessible();

        await page.Press("Continue at Stripe");
        await page.Press("Agree and submit");
        await page.WaitForURLAsync(new Uri(product.Url, "/desk/payments").ToString());
        // With scripts the page looks again by itself; without, the person does.
        if (!scripts)
        {
            await Eventually.True(async () =>
            {
                await page.GotoAsync("/desk/payments");
                return await Heading("You can be paid").CountAsync() == 1;
            }, TimeSpan.FromSeconds(30));
        }
        await Assertions.Expect(Heading("You can be paid")).ToBeVisibleAsync();
        await IsAccessible();

        // What looks for faults is a script itself.
        Task IsAccessible() => scripts ? browser.IsAccessible() : Task.CompletedTask;
        ILocator Heading(string words) => page.GetByRole(AriaRole.Heading, new() { Name = words, Level = 1 });
    }
}

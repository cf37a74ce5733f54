using Contracts;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class CodeMailTests(NotificationsApp app)
{
    [Theory]
    [InlineData("confirm", "confirmAddress", "Please confirm your email address")]
    [InlineData("reset", "resetPassword", "Choose a new password")]
    [InlineData("known", "alreadyRegistered", "You already have an account")]
    public async Task A_code_is_fetched_when_its_mail_is_written(string purpose, string kind, string subject)
    {
        var account = Guid.CreateVersion7();
        var request = Guid.CreateVersion7();
        await app.Publish(new SignInCodeAsked(account, request, purpose, app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(request, kind, "account");

        Assert.Equal($"{account:N}@example.org", mail.To);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains("https://stillpoint.example/account/confirm?code=secret-", mail.Text);
        Assert.DoesNotContain("Some One", mail.Text + mail.Html);
        Assert.Equal(purpose == "confirm", mail.Text.Contains("If you did not ask for this, do nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_a_code_is_kept_once_its_mail_has_left()
    {
        var account = Guid.CreateVersion7();
        var request = Guid.CreateVersion7();
        await app.Publish(new SignInCodeAsked(account, request, "reset", app.Service.Clock.GetUtcNow()));
        await app.Becomes("sent", request, "resetPassword", "account");

        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE account_id = $1 AND (content IS NOT NULL OR messages::text LIKE '%secret%' OR messages::text LIKE '%@%')", account));
    }

    [Fact]
    public async Task An_erased_account_leaves_no_trace_here()
    {
        var account = Guid.CreateVersion7();
        var request = Guid.CreateVersion7();
        await app.Publish(new SignInCodeAsked(account, request, "known", app.Service.Clock.GetUtcNow()));
        await app.Becomes("sent", request, "alreadyRegistered", "account");

        await app.Publish(new AccountErased(account, null, app.Service.Clock.GetUtcNow()));

        await TestKit.Eventually.True(async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE account_id = $1", account) == 0);
    }
}

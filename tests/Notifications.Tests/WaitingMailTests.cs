using Contracts;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class WaitingMailTests(NotificationsApp app)
{
    private readonly Guid entry = Guid.CreateVersion7();

    [Theory]
    [InlineData(false, "waitingBegun", "You are waiting for someone who fits", "If nothing comes by 1 March 2027, we stop looking.")]
    [InlineData(true, "waitingBegun", "You are waiting for a free time", "whether there is a free time with Ana Reyes")]
    [InlineData(false, "waitingOver", "Someone fits what you searched for", "whoever books first has the time")]
    [InlineData(true, "waitingOver", "There is a free time", "There is a free time with Ana Reyes now.")]
    public async Task Who_waits_hears_it_once_and_can_leave(bool forOnePractitioner, string kind, string subject, string said)
    {
        Wait(forOnePractitioner ? app.Book().PractitionerId : null);
        object fact = kind == "waitingBegun" ? new WaitlistJoined(entry, NotificationsApp.Start) : new WaitlistAnswered(entry, NotificationsApp.Start);
        await app.Publish(fact);
        await app.Publish(fact);

        var mail = await app.Mail(entry, kind, "client");

        Assert.Equal(("kim@example.org", subject), (mail.To, mail.Subject));
        foreach (var body in (string[])[mail.Text, System.Net.WebUtility.HtmlDecode(mail.Html)])
        {
            Assert.Contains(said, body);
            Assert.Contains($"https://stillpoint.example/waiting/{entry}/open?token=secret", body);
        }
        await app.Becomes("sent", entry, kind, "client");
        Assert.Equal(1L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE waitlist_entry_id = $1", entry));
    }

    [Fact]
    public async Task Who_has_left_hears_nothing()
    {
        await app.Publish(new WaitlistAnswered(entry, NotificationsApp.Start));

        await app.Becomes("dead", entry, "waitingOver", "client");
    }

    private void Wait(Guid? practitionerId) => app.Letters[entry] = new
    {
        id = entry,
        email = "kim@example.org",
        practitionerId,
        until = new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero),
        manageUrl = $"https://stillpoint.example/waiting/{entry}/open?token=secret",
    };
}

using Contracts;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class ListingMailTests(NotificationsApp app)
{
    [Theory]
    [InlineData("approved", "listingApproved", "Your listing is published", "people can find it at Stillpoint now")]
    [InlineData("returned", "listingReturned", "Your listing needs a few changes", "you can read what the moderator writes, change your listing and submit it again")]
    [InlineData("suspended", "listingSuspended", "Your listing is hidden at the moment", "Visits already booked stay.")]
    public async Task A_practitioner_hears_what_was_decided_once(string verdict, string kind, string subject, string said)
    {
        var practitioner = app.Book().PractitionerId;
        var decision = new ListingDecided(practitioner, Guid.CreateVersion7(), verdict, app.Service.Clock.GetUtcNow());
        await app.Publish(decision);
        await app.Publish(decision);

        var mail = await app.Mail(decision.DecisionId, kind, "practitioner");

        Assert.Equal(("Ana Reyes <ana@example.org>", subject), (mail.To, mail.Subject));
        foreach (var body in (string[])[mail.Text, System.Net.WebUtility.HtmlDecode(mail.Html)])
        {
            Assert.Contains(said, body);
            Assert.Contains("https://stillpoint.example/desk/listing", body);
        }
        Assert.Null(mail.Calendar);
        await app.Becomes("sent", decision.DecisionId, kind, "practitioner");
        Assert.Equal(1L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE practitioner_id = $1", practitioner));
    }
}

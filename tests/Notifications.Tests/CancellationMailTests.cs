using Contracts;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class CancellationMailTests(NotificationsApp app)
{
    [Theory]
    [InlineData(CancelledBy.Client, 6000, "You have cancelled this visit.", "$60.00 goes back to your card, usually in 5–10 days.")]
    [InlineData(CancelledBy.Client, 0, "You have cancelled this visit.", "there is no refund this close to the visit")]
    [InlineData(CancelledBy.Practitioner, 12000, "Ana Reyes has had to cancel this visit.", "$120.00 goes back to your card")]
    [InlineData(CancelledBy.System, 12000, "This visit will not take place.", "$120.00 goes back to your card")]
    public async Task A_cancellation_says_by_whom_and_what_comes_back(CancelledBy by, long refund, string who, string what)
    {
        var visit = app.Book();
        await app.Publish(new BookingCancelled(visit.Id, visit.PractitionerId, 1, by, WasConfirmed: true, new Money(refund, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "cancelled", "client", "1");
        await app.Mail(visit.Id, "cancelled", "practitioner", "1");

        Assert.Equal("Your visit with Ana Reyes is cancelled", mail.Subject);
        Assert.Contains(who, mail.Text);
        Assert.Contains(what, mail.Text);
    }

    [Theory]
    [InlineData(CancelledBy.Client, 5000, 0, "$50.00 was sent back to your card before")]
    [InlineData(CancelledBy.Practitioner, 0, 12000, "$120.00 was sent back to your card before")]
    [InlineData(CancelledBy.Practitioner, 2000, 10000, "$120.00 was sent back to your card before")]
    [InlineData(CancelledBy.Practitioner, 0, 0, null)]
    public async Task Where_nothing_more_comes_back_the_mail_blames_no_agreement_unless_that_is_why(CancelledBy by, long refunded, long due, string? what)
    {
        var visit = app.Book(v => v with { Refunded = new Money(refunded, "USD"), RefundDue = new Money(due, "USD") });
        await app.Publish(new BookingCancelled(visit.Id, visit.PractitionerId, 1, by, WasConfirmed: true, new Money(0, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "cancelled", "client", "1");

        Assert.DoesNotContain("As agreed", mail.Text);
        if (what is null)
            Assert.DoesNotContain("card", mail.Text);
        else
            Assert.Contains(what, mail.Text);
    }

    [Fact]
    public async Task A_request_that_came_to_nothing_is_told_without_a_calendar_entry()
    {
        var visit = app.Book(v => v with { Status = "cancelledByPractitioner", Paid = new Money(0, "USD") });
        await app.Publish(new BookingCancelled(
            visit.Id, visit.PractitionerId, 0, CancelledBy.Practitioner, WasConfirmed: false, new Money(0, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "declined", "client");

        Assert.Null(mail.Calendar);
        Assert.DoesNotContain("goes back", mail.Text);
        Assert.Null(await app.State(visit.Id, "declined", "practitioner"));
    }

    [Fact]
    public async Task Who_takes_an_unpaid_request_back_hears_nothing()
    {
        var visit = app.Book();
        var delivery = Guid.CreateVersion7();
        await app.Publish(
            new BookingCancelled(visit.Id, visit.PractitionerId, 0, CancelledBy.Client, WasConfirmed: false, new Money(0, "USD"), app.Service.Clock.GetUtcNow()),
            delivery);
        await TestKit.Eventually.True(async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM inbox WHERE message_id = $1", delivery) == 1);

        Assert.Null(await app.State(visit.Id, "declined", "client"));
    }

    [Fact]
    public async Task A_refund_that_others_had_covered_is_not_told_again()
    {
        var visit = app.Book();
        var (refundId, delivery) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.Publish(new PaymentRefunded(visit.Id, refundId, new Money(0, "USD"), new Money(12000, "USD"), app.Service.Clock.GetUtcNow()), delivery);
        await TestKit.Eventually.True(async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM inbox WHERE message_id = $1", delivery) == 1);

        Assert.Null(await app.State(visit.Id, "refunded", "client", refundId.ToString()));
    }

    [Theory]
    [InlineData("cancelledByClient", "This is for your visit with Ana Reyes on Tuesday 1 December 2026, 9:00 am, Denver time.")]
    [InlineData("expired", "arrived after someone else had taken the time. The visit is not booked.")]
    public async Task A_refund_says_what_for_and_how_long_it_takes(string status, string what)
    {
        var visit = app.Book(v => v with { Status = status });
        var refundId = Guid.CreateVersion7();
        await app.Publish(new PaymentRefunded(visit.Id, refundId, new Money(6000, "USD"), new Money(6000, "USD"), app.Service.Clock.GetUtcNow()));

        var mail = await app.Mail(visit.Id, "refunded", "client", refundId.ToString());

        Assert.Equal("$60.00 is on its way back to you", mail.Subject);
        Assert.Contains(what, mail.Text);
        Assert.Contains("usually in 5–10 days", mail.Text);
        Assert.Null(mail.Calendar);
    }
}

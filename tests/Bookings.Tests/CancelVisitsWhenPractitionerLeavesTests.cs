using Contracts;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class CancelVisitsWhenPractitionerLeavesTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start(withBroker: true);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Visits_ahead_are_off_with_all_that_was_paid_and_those_of_others_stay()
    {
        var leaving = world.Listings.Offer();
        var (ahead, unpaid, past) = (await world.Confirmed(leaving), await world.Book(leaving), await world.Confirmed(leaving));
        await world.Change(past.Id, booking => booking.Complete(Party.System, booking.StartsAt.AddHours(1)));
        var elsewhere = await world.Confirmed();
        var practitioner = ahead.Body.GetProperty("practitioner").GetProperty("id").GetGuid();

        var erased = new AccountErased(Guid.CreateVersion7(), practitioner, world.Now);
        await world.Tell(erased);
        await world.Tell(erased);
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM inbox WHERE consumer LIKE '%practitioner-leaves'") == 2);

        Assert.Equal(
            ("cancelledByPractitioner", "cancelledByPractitioner", "completed", "confirmed"),
            (await world.Status(ahead.Id), await world.Status(unpaid.Id), await world.Status(past.Id), await world.Status(elsewhere.Id)));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM refunds r JOIN captures c USING (booking_id) WHERE r.amount_minor = c.amount_minor"));
    }
}

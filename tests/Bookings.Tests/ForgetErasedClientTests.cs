using System.Net;
using System.Net.Http.Json;
using Contracts;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class ForgetErasedClientTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start(withBroker: true);

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Who_leaves_is_forgotten_and_the_money_is_not()
    {
        var account = Guid.CreateVersion7();
        using var client = world.Service.As("client", account);
        var (ahead, past, unpaid) = (await world.Book(caller: client), await world.Book(caller: client), await world.Book(caller: client));
        foreach (var paid in new[] { ahead, past })
        {
            await world.Change(paid.Id, booking =>
            {
                booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, world.Now);
                booking.Confirm(world.Now);
            });
        }
        await world.Change(past.Id, booking => booking.Complete(Party.System, booking.StartsAt.AddHours(1)));
        var strangers = await world.Book();
        var wish = world.Wish();
        wish["client"]!["email"] = "Kim.As.Guest@example.org";
        var asGuest = await world.Book(wish: wish);
        foreach (var email in (string[])["kim.as.guest@example.org", "someone.else@example.org"])
        {
            using var joined = await world.Service.Guest().PostAsJsonAsync("/api/v1/waitlist", new { email, search = "near=Denver" });
            Assert.Equal(HttpStatusCode.Created, joined.StatusCode);
        }
        using var attached = await world.Service.AsService().PostAsJsonAsync($"/internal/clients/{account}/guest-bookings", new { email = "kim.as.guest@Example.org" });
        Assert.Equal(HttpStatusCode.NoContent, attached.StatusCode);

        var erased = new AccountErased(account, null, world.Now);
        await world.Tell(erased);
        await world.Tell(erased);
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM bookings WHERE client_account_id = $1", account) == 0);

        Assert.Equal("someone.else@example.org", await world.Service.Db.Scalar<string>("SELECT string_agg(email, ' ') FROM waitlist"));
        Assert.Equal(
            ("cancelledByClient", "completed", "cancelledByClient", "cancelledByClient", "awaitingPayment"),
            (await world.Status(ahead.Id), await world.Status(past.Id), await world.Status(unpaid.Id), await world.Status(asGuest.Id), await world.Status(strangers.Id)));
        var left = await world.Service.Db.Scalar<string>("SELECT string_agg(b::text, '') FROM bookings b WHERE id <> $1", strangers.Id);
        Assert.DoesNotContain("Kim", left, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("3035550123", left, StringComparison.Ordinal);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE entrusted IS NOT NULL"));
        Assert.Equal((2, 1), (await world.Count("SELECT count(*) FROM captures"), await world.Count("SELECT count(*) FROM refunds")));
        using var link = await world.Call(HttpMethod.Get, past);
        Assert.Equal(HttpStatusCode.NotFound, link.StatusCode);
    }
}

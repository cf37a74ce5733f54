using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>Repeats of a request for a booking, and crashes in the middle of one.</summary>
public sealed class RequestBookingRepeatTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_repeat_is_answered_byte_for_byte()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        using var first = await world.Ask(wish, key);
        world.Service.Clock.Advance(TimeSpan.FromMinutes(3));
        using var second = await world.Ask(wish, key);

        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings"));

        wish["note"] = "Another one";
        using var other = await world.Ask(wish, key);
        await Refusal.Is(other, 422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refusal_is_repeated_too()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        var rival = await world.Book(wish: wish);
        wish["client"]!["email"] = "late@example.org";
        using var first = await world.Ask(wish, key);
        await Refusal.Is(first, 409, "slot-taken");
        await world.Availability.DisposeAsync();
        using var second = await world.Ask(wish, key);

        await Refusal.Is(second, 409, "slot-taken");
        Assert.NotEqual(Guid.Empty, rival.Id);
    }

    [Fact]
    public async Task While_it_is_worked_on_a_repeat_hears_so()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Payments.Instead = async _ =>
        {
            arrived.TrySetResult();
            await goOn.Task;
            return null;
        };
        var first = world.Ask(wish, key);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using (var meanwhile = await world.Ask(wish, key))
            await Refusal.Is(meanwhile, 409, "request-in-progress");

        goOn.SetResult();
        using var answer = await first;
        Assert.Equal(201, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("claimed")]
    [InlineData("stored")]
    [InlineData("paid for meanwhile")]
    public async Task After_a_crash_a_repeat_goes_on_with_the_same_booking(string reached)
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        using var first = await world.Ask(wish, key);
        var expected = await first.Content.ReadAsStringAsync();
        var id = Assert.Single(world.Availability.Claims).Key;

        // As a process leaves it that dies there: the steps after it undone, the key without an answer, its lease over.
        if (reached == "claimed")
        {
            await world.Service.Db.Scalar<int>("DELETE FROM history; DELETE FROM bookings; DELETE FROM outbox");
        }
        else if (reached == "stored")
        {
            await world.Service.Db.Scalar<int>("UPDATE bookings SET checkout_url = NULL");
        }
        else
        {
            await world.Change(id, booking =>
            {
                booking.NotePayment(Guid.CreateVersion7(), booking.DueNow, world.Now);
                booking.Confirm(world.Now);
            });
        }
        await world.Service.Db.Scalar<int>("UPDATE idempotency_keys SET status = NULL, body = NULL, headers = NULL, lease_until = created_at");
        using var resumed = await world.Ask(wish, key);

        Assert.Equal(expected, await resumed.Content.ReadAsStringAsync());
        Assert.False(resumed.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings"));
        Assert.Single(world.Availability.Claims);
    }

    [Fact]
    public async Task A_booking_that_expired_before_its_checkout_was_made_is_told_so()
    {
        var (wish, key) = (world.Wish(), Guid.CreateVersion7().ToString());
        using (await world.Ask(wish, key))
            await world.Service.Db.Scalar<int>("UPDATE bookings SET checkout_url = NULL, status = 'expired'");
        await world.Service.Db.Scalar<int>("UPDATE idempotency_keys SET status = NULL, lease_until = created_at");

        using var resumed = await world.Ask(wish, key);
        await Refusal.Is(resumed, 410, "hold-expired");
    }
}

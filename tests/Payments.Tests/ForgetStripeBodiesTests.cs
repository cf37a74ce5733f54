using Xunit;

namespace Payments.Tests;

public sealed class ForgetStripeBodiesTests : IAsyncLifetime
{
    private const string Told = """{"id":"evt_1","object":"event","type":"moon.risen","created":1795338000,"api_version":"2031-01-01.elm","data":{"object":{"object":"moon"}}}""";

    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open(webhooks: false);

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task The_words_go_and_the_event_is_still_known()
    {
        await till.Post(Told);
        var came = await till.Payments.Db.Scalar<DateTime>("SELECT received_at FROM stripe_events WHERE id = 'evt_1'");

        Assert.Equal(0, await till.Payments.In(db => ForgetStripeBodies.Forget(db, came, default)));
        Assert.Equal(1, await till.Payments.In(db => ForgetStripeBodies.Forget(db, came.AddSeconds(1), default)));
        Assert.Equal(0, await till.Payments.In(db => ForgetStripeBodies.Forget(db, came.AddSeconds(1), default)));
        Assert.Equal("", await till.Payments.Db.Scalar<string>("SELECT body FROM stripe_events WHERE id = 'evt_1'"));
    }
}

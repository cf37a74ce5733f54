using System.Collections.Concurrent;
using System.Net;
using Contracts;
using Listings.Tests.Search;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestKit;
using Xunit;

namespace Listings.Tests.Desk;

public sealed class ForgetPractitionerWhoLeftTests : IAsyncLifetime
{
    private ServiceFactory<Program, ListingsDb> factory = null!;

    public async Task InitializeAsync() =>
        factory = await ServiceFactory<Program, ListingsDb>.Start(withBroker: true, configureDatabase: npgsql => npgsql.UseNetTopologySuite());

    public async Task DisposeAsync() => await factory.DisposeAsync();

    [Fact]
    public async Task Who_leaves_is_shown_no_more_and_nothing_of_them_is_kept()
    {
        var (leaver, stayer) = (new Owner(factory, Guid.CreateVersion7()), new Owner(factory, Guid.CreateVersion7()));
        foreach (var owner in new[] { leaver, stayer })
        {
            await owner.Write(Sample.Listing(owner == leaver ? "Mara Lindqvist" : "Noor Aziz"));
            await owner.Submit();
            using var approved = await factory.As("moderator").PostAsync($"/api/v1/moderation/listings/{owner.Id}/approve", System.Net.Http.Json.JsonContent.Create(new { reason = "Looked at it." }));
            Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        }

        var bus = factory.Services.GetRequiredService<IBusControl>();
        var withdrawn = new ConcurrentQueue<Guid>();
        var listening = bus.ConnectReceiveEndpoint("a-listener", endpoint => endpoint.Handler<PractitionerWithdrawn>(fact =>
        {
            withdrawn.Enqueue(fact.Message.PractitionerId);
            return Task.CompletedTask;
        }));
        await listening.Ready;
        var erased = new AccountErased(Guid.CreateVersion7(), leaver.Id, factory.Clock.GetUtcNow());
        await bus.Publish(erased);
        await bus.Publish(new AccountErased(Guid.CreateVersion7(), null, factory.Clock.GetUtcNow()));
        await bus.Publish(new AccountErased(Guid.CreateVersion7(), Guid.CreateVersion7(), factory.Clock.GetUtcNow()));
        await Eventually.True(async () => await factory.Db.Scalar<long>("SELECT count(*) FROM inbox") >= 3, TimeSpan.FromSeconds(20));

        var row = await factory.Db.Scalar<string>("SELECT p::text FROM practitioners p WHERE id = $1", leaver.Id);
        foreach (var word in (string[])["Lindqvist", "lindqvist", "Larkspur", "example.org", "MT.12345"])
            Assert.DoesNotContain(word, row, StringComparison.Ordinal);
        Assert.Equal(1, await factory.Db.Scalar<long>("SELECT count(*) FROM search_cards WHERE card IS NOT NULL"));
        await Eventually.True(async () => await factory.Db.Scalar<long>("SELECT count(*) FROM outbox") == 0, TimeSpan.FromSeconds(20));
        await Eventually.True(() => Task.FromResult(!withdrawn.IsEmpty), TimeSpan.FromSeconds(20));
        Assert.Equal([leaver.Id], withdrawn);
        await factory.CatchUp();
        Assert.Equal(HttpStatusCode.NotFound, (await factory.Guest().GetAsync($"/api/v1/practitioners/{leaver.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await factory.Guest().GetAsync($"/api/v1/practitioners/{stayer.Id}")).StatusCode);
    }
}

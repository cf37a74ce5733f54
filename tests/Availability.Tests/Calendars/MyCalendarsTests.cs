using System.Net.Http.Json;
using Platform;
using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class MyCalendarsTests(World world) : IClassFixture<World>
{
    private const string Address = "webcal://calendar.example/private-0123456789/basic.ics";

    [Fact]
    public async Task An_address_is_never_shown_again()
    {
        var person = await world.Practitioner();
        var answer = await Add(person, Address, "  Work ");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.DoesNotContain("0123456789", text, StringComparison.Ordinal);
        var listed = await world.DeskOf(person).At("calendars");
        Assert.Equal("no-store", listed.Headers.CacheControl?.ToString());
        Assert.DoesNotContain("0123456789", await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var item = Assert.Single((await world.DeskOf(person).At("calendars").Is<ListCalendars.Response>(200)).Items);
        Assert.Equal(("Work", "calendar.example"), (item.Name, item.Host));
    }

    [Theory]
    [InlineData("http://calendar.example/basic.ics")]
    [InlineData("https://127.0.0.1/basic.ics")]
    [InlineData("https://ana:secret@calendar.example/basic.ics")]
    [InlineData("basic.ics")]
    [InlineData("")]
    public async Task Only_public_addresses_over_https_are_taken(string url)
    {
        var person = await world.Practitioner();
        var answer = await Add(person, url);
        await Refusal.Names(answer, "url");
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_are_enough_and_none_is_there_twice()
    {
        var person = await world.Practitioner();
        for (var i = 0; i < 10; i++)
        {
            await Add(person, $"https://calendar.example/{i}.ics").Is(201);
            await Add(person, $"webcal://calendar.example/{i}.ics").IsProblem(409, "state-conflict");
        }

        await Add(person, "https://calendar.example/10.ics").IsProblem(409, "state-conflict");
        Assert.Equal(10, (await world.DeskOf(person).At("calendars").Is<ListCalendars.Response>(200)).Items.Count);
    }

    [Fact]
    public async Task They_are_the_practitioners_own()
    {
        var (person, other) = (await world.Practitioner(), await world.Practitioner());
        var id = (await Add(person, Address).Is<ListCalendars.Item>(201)).Id;
        var desk = world.DeskOf(other);
        Assert.Empty((await desk.At("calendars").Is<ListCalendars.Response>(200)).Items);
        await desk.Drop($"calendars/{id}").IsProblem(404, "not-found");
        foreach (var deed in (string[])["ignore", "retry"])
            await desk.PostAsync(new Uri($"/api/v1/me/calendars/{id}/{deed}", UriKind.Relative), null).IsProblem(404, "not-found");
        await world.Service.As("client").At("calendars").IsProblem(403, "forbidden");
        await world.Service.Guest().At("calendars").IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_practitioner_who_is_new_here_can_begin_with_it()
    {
        var newcomer = new Person(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "Europe/London");
        await Add(newcomer, Address).Is(201);
    }

    [Fact]
    public async Task On_the_public_internet_inner_servers_are_not_asked()
    {
        await using var inside = await Elsewhere.Open();
        var person = await world.Practitioner();
        // A name that stands for this machine.
        var item = await Add(person, $"https://localhost:{inside.Url("").Port}/a.ics").Is<ListCalendars.Item>(201);
        await Eventually.True(async () => (await world.DeskOf(person).At("calendars").Is<ListCalendars.Response>(200)).Items.Single(c => c.Id == item.Id).Problem is not null, TimeSpan.FromSeconds(30));
        Assert.Equal("Its server is not on the public internet.", (await world.DeskOf(person).At("calendars").Is<ListCalendars.Response>(200)).Items.Single().Problem);
        Assert.Empty(inside.Asked);
    }

    private Task<HttpResponseMessage> Add(Person person, string url, string? name = null) =>
        world.DeskOf(person).PostAsJsonAsync("/api/v1/me/calendars", new AddCalendar.Request(url, name), Json.Strict);
}

public sealed class FeedsInProductionTests
{
    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task Production_reads_on_the_public_internet_only(string environment, bool refuses)
    {
        await using var service = await ServiceFactory<Program, AvailabilityDb>.Start(
            new() { ["environment"] = environment, ["PUBLIC_URL"] = "https://stillpoint.example", ["FEEDS_ALLOW_PRIVATE"] = "on" });
        var failure = Record.Exception(() => service.Services);
        Assert.Equal(refuses, failure?.Message.Contains("FEEDS_ALLOW_PRIVATE", StringComparison.Ordinal) ?? false);
    }
}

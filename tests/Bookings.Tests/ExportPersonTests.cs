using System.Net.Http.Json;
using System.Text.Json;
using Bookings.Requesting;
using Microsoft.Extensions.DependencyInjection;
using Platform;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class ExportPersonTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_client_takes_along_the_visits_they_booked_and_a_practitioner_the_appointments()
    {
        var booked = await world.Confirmed();
        await world.Book();
        var reason = Entrusted.SealReason("I am ill.", world.Service.Services.GetRequiredService<SecretBox>());
        await world.Change(booked.Id, b => b.Cancel(Party.Practitioner, world.Now, reason));
        var email = (await world.Show(booked)).GetProperty("client").GetProperty("email").GetString()!;

        using var joined = await world.Service.Guest().PostAsJsonAsync("/api/v1/waitlist", new { email, search = "near=Denver" });
        Assert.True(joined.IsSuccessStatusCode);

        var client = await Export(email.ToUpperInvariant(), null);
        var visit = Assert.Single(client.GetProperty("asClient").EnumerateArray());
        Assert.Equal(booked.Id, visit.GetProperty("id").GetGuid());
        Assert.Equal(12_000, visit.GetProperty("paid").GetProperty("amount").GetInt64());
        Assert.Equal("My left hip, please.", visit.GetProperty("entrusted").GetProperty("note").GetString());
        Assert.Equal("near=Denver", Assert.Single(client.GetProperty("waiting").EnumerateArray()).GetProperty("search").GetString());
        Assert.DoesNotContain("I am ill.", client.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, client.GetProperty("asPractitioner").GetArrayLength());

        var practitioner = await Export("ana@example.org", world.Listings.Usual.PractitionerId);
        Assert.Equal(0, practitioner.GetProperty("asClient").GetArrayLength());
        Assert.Equal(2, practitioner.GetProperty("asPractitioner").GetArrayLength());
        Assert.Contains("I am ill.", practitioner.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, await world.Count("SELECT count(*) FROM entrusted_reads"));
    }

    [Fact]
    public async Task Only_another_service_may_ask() => await Refusal.Is(
        await world.Service.As("practitioner").PostAsJsonAsync("/internal/export", new { }), 403, "forbidden");

    private async Task<JsonElement> Export(string email, Guid? practitionerId) => await World.Read(await world.Service.AsService().PostAsJsonAsync(
        "/internal/export", new { accountId = Guid.CreateVersion7(), email, practitionerId, bookingIds = Array.Empty<Guid>(), waitlistEntryIds = Array.Empty<Guid>() }));
}

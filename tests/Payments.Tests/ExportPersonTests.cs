using System.Net.Http.Json;
using System.Text.Json;
using TestKit;
using Xunit;

namespace Payments.Tests;

public sealed class ExportPersonTests : IAsyncLifetime
{
    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open();

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task A_practitioner_takes_along_the_account_and_all_that_has_moved()
    {
        var practitioner = Guid.CreateVersion7();
        var booking = await till.PaidBooking(practitionerId: practitioner);

        var kept = await Export(practitioner);

        Assert.StartsWith("acct_", kept.GetProperty("account").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Equal(booking, Assert.Single(kept.GetProperty("movements").EnumerateArray()).GetProperty("bookingId").GetGuid());
        Assert.Equal(JsonValueKind.Null, (await Export(Guid.CreateVersion7())).GetProperty("account").ValueKind);
    }

    private async Task<JsonElement> Export(Guid practitionerId)
    {
        using var answer = await till.Service.PostAsJsonAsync(
            "/internal/export", new { accountId = Guid.CreateVersion7(), email = "ana@example.org", practitionerId, bookingIds = Array.Empty<Guid>(), waitlistEntryIds = Array.Empty<Guid>() });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}

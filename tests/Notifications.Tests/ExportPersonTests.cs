using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Xunit;

namespace Notifications.Tests;

[Collection(nameof(NotificationsApp))]
public sealed class ExportPersonTests(NotificationsApp app)
{
    [Fact]
    public async Task Everybody_takes_along_which_mails_were_written_to_them()
    {
        var visit = app.Book();
        var account = Guid.CreateVersion7();
        var request = Guid.CreateVersion7();
        await app.Publish(app.Confirmed(visit));
        await app.Publish(new SignInCodeAsked(account, request, "confirm", app.Service.Clock.GetUtcNow()));
        await app.Becomes("sent", visit.Id, "booked", "client");
        await app.Becomes("sent", visit.Id, "booked", "practitioner");
        await app.Becomes("sent", request, "confirmAddress", "account");

        Assert.Equal(["booked sent", "confirmAddress sent"], await Export(account, null, visit.Id));
        Assert.Equal(["booked sent"], await Export(Guid.CreateVersion7(), visit.PractitionerId));
        Assert.Empty(await Export(Guid.CreateVersion7(), null));
    }

    private async Task<IEnumerable<string>> Export(Guid accountId, Guid? practitionerId, params Guid[] bookingIds)
    {
        using var answer = await app.Service.AsService().PostAsJsonAsync("/internal/export", new { accountId, email = "kim@example.org", practitionerId, bookingIds, waitlistEntryIds = bookingIds });
        answer.EnsureSuccessStatusCode();
        var mails = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return mails.EnumerateArray().Select(m => $"{m.GetProperty("kind").GetString()} {m.GetProperty("state").GetString()}").Order();
    }
}

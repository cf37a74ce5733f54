using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using TestKit;
using Xunit;

namespace Notifications.Tests;

public sealed class MailViewerTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    [Fact]
    public async Task Lists_the_newest_and_shows_each()
    {
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));
        await app.Mail(visit.Id, "booked", "client");
        var viewer = app.Service.AsService();

        var list = await viewer.GetFromJsonAsync<ListMail.Response>("/internal/mail");
        var shown = await viewer.GetFromJsonAsync<ShowMail.Response>($"/internal/mail/{visit.Id}.booked.client.0");

        Assert.Contains(list!.Items, i => i.Name == $"{visit.Id}.booked.client.0" && i.Subject == "Your visit with Ana Reyes is booked");
        Assert.Contains("Kim Doe", shown!.Text);
        Assert.StartsWith("BEGIN:VCALENDAR", shown.Calendar, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("*")]
    public async Task Opens_nothing_but_its_mails(string name) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.Service.AsService().GetAsync($"/internal/mail/{name}")).StatusCode);

    [Fact]
    public async Task Is_for_services_only() => await Refusal.Is(await app.Service.Guest().GetAsync("/internal/mail"), 401, "unauthenticated");

    [Fact]
    public async Task Is_not_there_in_production()
    {
        await using var production = app.Service.WithWebHostBuilder(host => host
            .UseEnvironment("Production").UseSetting("PUBLIC_URL", "https://stillpoint.example").UseSetting("SMTP_URL", "smtp://127.0.0.1:9"));
        var viewer = production.CreateClient();
        viewer.DefaultRequestHeaders.Authorization = app.Service.AsService().DefaultRequestHeaders.Authorization;

        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync("/internal/mail")).StatusCode);
    }

    [Fact]
    public void Production_does_not_start_without_a_relay()
    {
        using var production = app.Service.WithWebHostBuilder(host => host.UseEnvironment("Production").UseSetting("PUBLIC_URL", "https://stillpoint.example"));

        Assert.Equal("The setting SMTP_URL is missing; Production needs one.", Assert.Throws<InvalidOperationException>(() => production.Services).Message);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests;

public sealed class SeedDemoPeopleTests : IAsyncLifetime
{
    private static readonly Guid Ana = Guid.CreateVersion7();

    private readonly AccountsApp app = new()
    {
        Settings =
        {
            ["DEMO_CLIENT"] = "client@example.org:demo client word",
            ["DEMO_PRACTITIONER"] = "ana@example.org:demo: with a colon",
            ["DEMO_MODERATOR"] = "moderator@example.org:demo moderator word",
            ["DEMO_OPERATOR"] = "operator@example.org:demo operator word",
        },
    };

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task All_four_can_sign_in_however_often_it_runs()
    {
        Assert.Equal(0, await Seed("--practitioner", Ana.ToString()));
        Assert.Equal(0, await Seed("--practitioner", Ana.ToString()));

        Assert.Equal(4L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM accounts"));
        foreach (var (setting, role) in new[] { ("DEMO_CLIENT", "client"), ("DEMO_PRACTITIONER", "practitioner"), ("DEMO_MODERATOR", "moderator"), ("DEMO_OPERATOR", "operator") })
        {
            var parts = app.Settings[setting]!.Split(':', 2);
            var tokens = await AccountsApp.Tokens(await app.SignIn(parts[0], parts[1]));
            var me = await app.Service.Bearing(tokens.AccessToken).GetFromJsonAsync<JsonElement>("/api/v1/me");
            Assert.Equal(role, me.GetProperty("roles")[0].GetString());
            Assert.Equal(role == "practitioner" ? Ana.ToString() : null, me.GetProperty("practitionerId").GetString());
        }
    }

    [Fact]
    public async Task A_directory_made_anew_brings_its_own_practitioner()
    {
        var another = Guid.CreateVersion7();
        await Seed("--practitioner", Ana.ToString());

        Assert.Equal(0, await Seed("--practitioner", another.ToString()));

        Assert.Equal(another, await app.Service.Db.Scalar<Guid>("SELECT practitioner_id FROM accounts WHERE email = 'ana@example.org'"));
        Assert.Equal(HttpStatusCode.OK, (await app.SignIn("ana@example.org", "demo: with a colon")).StatusCode);
    }

    [Fact]
    public async Task It_says_what_it_needs()
    {
        Assert.Equal(2, await Seed());
        Assert.Equal(2, await Seed("--practitioner", "ana"));
    }

    [Fact]
    public async Task It_does_nothing_in_production()
    {
        await using var production = app.Service.WithWebHostBuilder(host => host.UseEnvironment("Production").UseSetting("PUBLIC_URL", "https://stillpoint.example"));
        await using var scope = production.Services.CreateAsyncScope();

        Assert.Equal(2, await SeedDemoPeople.Run(scope.ServiceProvider, ["--practitioner", Ana.ToString()], default));
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM accounts"));
    }

    private async Task<int> Seed(params string[] args)
    {
        await using var scope = app.Service.Services.CreateAsyncScope();
        return await SeedDemoPeople.Run(scope.ServiceProvider, args, default);
    }
}

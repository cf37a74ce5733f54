using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class EndOfHoldTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";

    [Fact]
    public async Task A_hold_is_extended_once_by_ten_minutes_by_its_token_alone()
    {
        var hold = await world.Held(await world.Practitioner(), Nine);
        await Extend(hold.Id, "wrong").IsProblem(404, "not-found");
        await Extend(hold.Id, null).IsProblem(404, "not-found");
        await Extend(Guid.CreateVersion7(), hold.Token).IsProblem(404, "not-found");
        Assert.Equal(world.Now.AddMinutes(25), (await Extend(hold.Id, hold.Token).Is<ExtendHold.Response>(200)).ExpiresAt);
        await Extend(hold.Id, hold.Token).IsProblem(409, "state-conflict");
        await world.Service.Guest().PostAsJsonAsync($"/api/v1/holds/{hold.Id}/extend", new { token = hold.Token }).IsProblem(409, "state-conflict");
    }

    [Fact]
    public async Task A_hold_is_let_go_by_its_token_and_again_without_harm()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        await LetGo(hold.Id, "wrong").IsProblem(404, "not-found");
        await world.Hold(person, Nine).IsProblem(409, "slot-taken");
        await LetGo(hold.Id, hold.Token).Is(204);
        await world.Service.Guest().DeleteAsync(new Uri($"/api/v1/holds/{hold.Id}?token={hold.Token}", UriKind.Relative)).Is(204);
        await world.Held(person, Nine);
    }

    [Fact]
    public async Task A_hold_that_has_run_out_is_free_at_that_instant_swept_or_not()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Contains(Nine, await world.Starts(person, "2026-12-01", "2026-12-01"));
        await Extend(hold.Id, hold.Token).IsProblem(410, "hold-expired");
        await world.Held(person, Nine);
    }

    [Fact]
    public async Task A_crowd_over_holds_that_have_run_out_has_one_winner()
    {
        var person = await world.Practitioner();
        await world.Held(person, Nine);
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Hold(person, Nine)));
        Assert.Equal(1, answers.Count(a => (int)a.StatusCode == 201));
        Assert.Equal(19, answers.Count(a => (int)a.StatusCode == 409));
    }

    private Task<HttpResponseMessage> Extend(Guid id, string? token) => Send(HttpMethod.Post, $"/api/v1/holds/{id}/extend", token);

    private Task<HttpResponseMessage> LetGo(Guid id, string token) => Send(HttpMethod.Delete, $"/api/v1/holds/{id}", token);

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Add("X-Hold-Token", token);
        return await world.Service.Guest().SendAsync(request);
    }
}

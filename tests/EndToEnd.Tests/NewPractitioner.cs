using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Somebody who has just been let into the directory, with an account of their own.</summary>
public sealed partial record NewPractitioner(Guid Id, string Slug, string Email)
{
    public const string Password = "slow and quiet hands";

    private static readonly string[] Languages = ["en"];

    /// <summary>Writes a listing, has a moderator approve it, and sees it published.</summary>
    /// <param name="locations">As the listing has them.</param>
    public static async Task<NewPractitioner> Published(Product product, Visitor visitor, string name, object service, params object[] locations)
    {
        var email = $"practitioner-{Guid.CreateVersion7():N}@example.org";
        await Done(visitor.Send(HttpMethod.Post, "/api/v1/auth/register", body: new { email, password = Password, name, role = "practitioner" }));
        var mail = await Eventually.Some(async () => (await Mailbox.To(product, email)).SingleOrDefault(), TimeSpan.FromSeconds(30), "the first mail has come");
        await Done(visitor.Send(HttpMethod.Post, "/api/v1/auth/confirm", body: new { code = CodeIn(mail) }));

        var owner = await SignIn(visitor, email, Password);
        using (var put = new HttpRequestMessage(HttpMethod.Put, "/api/v1/me/listing"))
        {
            put.Headers.Authorization = new("Bearer", owner);
            put.Headers.IfMatch.Add((await visitor.Send(HttpMethod.Get, "/api/v1/me/listing", bearer: owner)).Headers.ETag!);
            put.Content = JsonContent.Create(new
            {
                name,
                headline = "Slow, attentive work in a quiet room",
                biography = "I have worked with a light touch since 2014. You stay dressed, and you can pause at any moment; most of the hour is quiet.",
                trainings = new[] { new { issuer = "other", credential = "Two years at a regional school", from = "2012-01-10" } },
                languages = Languages,
                locations,
                services = new[] { service },
                policy = new { text = "Free to change until a day before.", tiers = new[] { new { hoursBefore = 24, refundPercent = 100 } } },
            });
            await Done(visitor.Http.SendAsync(put));
        }

        var listing = await Visitor.Json(visitor.Send(HttpMethod.Post, "/api/v1/me/listing/submit", bearer: owner));
        var id = listing.GetProperty("id").GetGuid();
        var moderator = product.Setting("DEMO_MODERATOR").Split(':', 2);
        var ruled = await Visitor.Json(visitor.Send(
            HttpMethod.Post, $"/api/v1/moderation/listings/{id}/approve", bearer: await SignIn(visitor, moderator[0], moderator[1]), body: new { reason = "Looked at it together." }));
        return new(id, ruled.GetProperty("slug").GetString()!, email);
    }

    public static string CodeIn(string mail) => CodeOfLink().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal)).Groups[1].Value;

    private static async Task<string> SignIn(Visitor visitor, string email, string password) =>
        (await Visitor.Json(visitor.Send(HttpMethod.Post, "/api/v1/auth/login", body: new { email, password }))).GetProperty("accessToken").GetString()!;

    private static async Task Done(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex(@"/account/confirm\?code=(?:3D)?([A-Za-z0-9_-]+)")]
    private static partial Regex CodeOfLink();
}

using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Listings.Tests.Search;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Listings.Tests;

/// <summary>Listings as it runs, with a database of its own for each class of tests.</summary>
public sealed class ListingsApp : IAsyncLifetime
{
    public ServiceFactory<Program, ListingsDb> Factory { get; private set; } = null!;

    /// <summary>Signed in anew at each call, since clocks go on.</summary>
    public HttpClient Moderator => Factory.As("moderator");

    public async Task InitializeAsync() => Factory = await ServiceFactory<Program, ListingsDb>.Start(configureDatabase: npgsql => npgsql.UseNetTopologySuite());

    public async Task DisposeAsync() => await Factory.DisposeAsync();

    /// <summary>A practitioner who has written nothing yet.</summary>
    public Owner NewOwner() => new(Factory, Guid.CreateVersion7());

    /// <summary>A practitioner with a listing that the public sees.</summary>
    public async Task<Owner> PublishedOwner(string name = "Mara Lindqvist")
    {
        var owner = NewOwner();
        await owner.Write(Sample.Listing(name));
        await owner.Submit();
        await Rule(owner.Id, "approve");
        return owner;
    }

    /// <summary>A decision, a second after the one before.</summary>
    public Task<HttpResponseMessage> Rule(Guid practitionerId, string decision, string reason = "Looked at it together.") =>
        Decide($"listings/{practitionerId}/{decision}", new { reason });

    /// <inheritdoc cref="Rule"/>
    public async Task<HttpResponseMessage> Decide(string about, object body)
    {
        Factory.Clock.Advance(TimeSpan.FromSeconds(1));
        var answer = await Moderator.PostAsJsonAsync($"/api/v1/moderation/{about}", body);
        await Factory.CatchUp();
        return answer;
    }

    /// <summary>Facts of a practitioner that wait in the outbox, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Facts(string type, Guid practitionerId) => await Factory.In(async db =>
        (IReadOnlyList<JsonElement>)[.. (await db.Database.SqlQuery<string>(
            $"SELECT body::text AS \"Value\" FROM outbox WHERE type LIKE {$"Contracts.{type},%"} AND body ->> 'practitionerId' = {practitionerId.ToString()} ORDER BY id").ToListAsync())
            .Select(body => JsonDocument.Parse(body).RootElement)]);
}

/// <summary>A practitioner at work on their own listing.</summary>
public sealed class Owner(ServiceFactory<Program, ListingsDb> factory, Guid id)
{
    private const string Route = "/api/v1/me/listing";

    public Guid Id { get; } = id;

    public HttpClient Http { get; } = factory.As("practitioner", practitionerId: id, email: $"{id:N}@example.org");

    public async Task<(JsonObject Listing, string Tag)> Read()
    {
        var answer = await Http.GetAsync(Route);
        answer.EnsureSuccessStatusCode();
        return ((await answer.Content.ReadFromJsonAsync<JsonObject>())!, answer.Headers.ETag!.ToString());
    }

    public async Task<HttpResponseMessage> Put(JsonNode listing, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Route) { Content = JsonContent.Create(listing) };
        request.Headers.TryAddWithoutValidation("If-Match", tag ?? (await Read()).Tag);
        return await Http.SendAsync(request);
    }

    /// <summary>Writes and answers the document as it then stands.</summary>
    public async Task<JsonObject> Write(JsonNode listing)
    {
        var answer = await Put(listing);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>The document without what only the answer carries, to be changed and written again.</summary>
    public async Task<JsonObject> Document() => Sample.Writable((await Read()).Listing);

    public Task<HttpResponseMessage> Submit() => Http.PostAsync(new Uri($"{Route}/submit", UriKind.Relative), null);

    public Task<HttpResponseMessage> Unpublish() => Http.PostAsync(new Uri($"{Route}/unpublish", UriKind.Relative), null);
}

/// <summary>A listing that can be published as it stands.</summary>
public static class Sample
{
    private static readonly string[] OnlyInAnswers = ["id", "slug", "status", "isPublished", "hasChanges", "reason", "issues", "credentials"];

    public static JsonObject Listing(string name = "Mara Lindqvist") => JsonNode.Parse(
        """
        {
          "name": "NAME",
          "headline": "Slow, attentive work in a quiet room",
          "biography": "I have worked with a light touch since 2014. You stay dressed, and you can pause at any moment; most of the hour is quiet.",
          "approach": "biodynamic",
          "gender": "woman",
          "practisingSince": 2014,
          "trainings": [
            {"issuer": "bcta-na", "credential": "rcst", "level": "bcta-na:rcst", "hours": 700, "from": "2014-06-01", "to": "2027-05-31"},
            {"issuer": "other", "credential": "Two years at a regional school", "from": "2012-01-10"}
          ],
          "licences": [{"code": "lmt", "jurisdiction": "US-CO", "number": "MT.12345", "expires": "2027-12-31"}],
          "specialties": ["tailbone", "sleep"],
          "populations": ["adults"],
          "techniques": ["still-point"],
          "modalities": ["yoga"],
          "languages": ["en", "sv"],
          "associations": ["bcta-na"],
          "locations": [
            {"name": "Studio", "addressLines": ["12 Larkspur Street"], "locality": "Boulder", "region": "CO", "postalCode": "80302", "country": "US",
             "lat": 40.0176, "lon": -105.2797, "timeZone": "America/Denver", "formats": ["inPerson", "online"], "access": ["step-free", "quiet"], "directions": "Ring twice."}
          ],
          "services": [
            {"name": "Follow-up visit", "minutes": 60, "price": {"amount": 12000, "currency": "USD"}, "formats": ["inPerson"], "forWhom": {"minAgeMonths": 216}},
            {"name": "First visit", "minutes": 75, "price": {"amount": 14000, "currency": "USD"}, "formats": ["inPerson"], "firstVisit": true},
            {"name": "Introductory call", "minutes": 15, "price": {"amount": 0, "currency": "USD"}, "formats": ["online"]}
          ],
          "policy": {"text": "Free to change until a day before.", "tiers": [{"hoursBefore": 24, "refundPercent": 100}, {"hoursBefore": 2, "refundPercent": 50}]},
          "slidingScale": true,
          "acceptsNew": true
        }
        """.Replace("NAME", name, StringComparison.Ordinal))!.AsObject();

    public static JsonObject Writable(JsonObject answer)
    {
        var document = answer.DeepClone().AsObject();
        foreach (var name in OnlyInAnswers)
            document.Remove(name);
        return document;
    }
}

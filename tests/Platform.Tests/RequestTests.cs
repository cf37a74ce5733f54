using System.Net;
using System.Text;
using TestKit;
using Xunit;

namespace Platform.Tests;

public sealed class RequestTests : IAsyncLifetime
{
    private ServiceFactory<Program, NotesDb> notes = null!;

    public async Task InitializeAsync() => notes = await Notes.Start();

    public async Task DisposeAsync() => await notes.DisposeAsync();

    [Theory]
    [InlineData("""{"word":"a","at":"2026-12-01T09:00:00-07:00","price":1}""", "price")]
    [InlineData("""{"at":"2026-12-01T09:00:00-07:00"}""", "word")]
    [InlineData("""{"word":null,"at":"2026-12-01T09:00:00-07:00"}""", "word")]
    [InlineData("""{"word":"a","word":"b","at":"2026-12-01T09:00:00-07:00"}""", "word")]
    [InlineData("""{"word":"a","at":"2026-12-01T09:00:00"}""", "at")]
    [InlineData("""{"word":"a","at":"2026-12-01"}""", "at")]
    [InlineData("""{"word":"a","at":"2026-12-01T09:00-07:00"}""", "at")]
    [InlineData("""{"word":"a","at":"2026/12/01T09:00:00Z"}""", "at")]
    [InlineData("""{"word":"a","at":"2026-12-01T09:00:00 -07:00"}""", "at")]
    [InlineData("""{"word":"a","at":"0001-01-01T00:00:00Z"}""", "at")]
    [InlineData("""{"word":"a","at":"9999-12-31T23:59:59Z"}""", "at")]
    [InlineData("""{"word":"a","at":"2026-12-01T09:00:00-07:00","kind":"nonsense"}""", "kind")]
    [InlineData("""{"word":"a","at":"2026-12-01T09:00:00-07:00","kind":1}""", "kind")]
    [InlineData("""{"word":1,"at":"2026-12-01T09:00:00-07:00"}""", "word")]
    public async Task What_cannot_be_read_is_named_by_its_path(string body, string path) =>
        await Refusal.Names(await Post(body), path);

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task What_is_no_JSON_object_is_a_problem(string body) =>
        await Refusal.Is(await Post(body), 400, "validation");

    [Fact]
    public async Task Another_kind_of_content_is_unsupported() =>
        await Refusal.Is(await Post("word=a", "application/x-www-form-urlencoded"), 415, "unsupported-media");

    [Theory]
    [InlineData("utf-16", 415, "unsupported-media")]
    [InlineData("klingon", 415, "unsupported-media")]
    [InlineData("UTF-8", 400, "validation")]
    public async Task JSON_is_read_as_UTF8_and_in_no_other_encoding(string charset, int status, string problem)
    {
        using var guest = notes.Guest();
        using var content = new StringContent("[]");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");
        await Refusal.Is(await guest.PostAsync("/api/v1/notes", content), status, problem);
    }

    [Fact]
    public async Task What_can_be_got_may_be_asked_for_its_headers_alone()
    {
        using var guest = notes.Guest();
        using var question = new HttpRequestMessage(HttpMethod.Head, "/api/v1/notes");
        Assert.Equal(HttpStatusCode.OK, (await guest.SendAsync(question)).StatusCode);
    }

    [Fact]
    public async Task A_single_parameter_given_twice_is_refused_and_a_list_is_not()
    {
        using var guest = notes.Guest();

        await Refusal.Names(await guest.GetAsync("/api/v1/notes?q=1&q=2"), "q");
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/api/v1/notes?tag=1&tag=2&q=1")).StatusCode);
    }

    [Fact]
    public async Task A_bug_says_nothing_about_itself()
    {
        var answer = await Post("""{"word":"a","at":"2026-12-01T09:00:00-07:00","kind":"broken"}""");

        await Refusal.Is(answer, 500, "internal");
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem_whatever_is_accepted()
    {
        using var guest = notes.Guest();
        guest.DefaultRequestHeaders.Add("Accept", "text/html");

        await Refusal.Is(await guest.GetAsync("/api/v1/nothing"), 404, "not-found");
    }

    [Fact]
    public async Task Callers_are_told_apart()
    {
        using var guest = notes.Guest();
        using var client = notes.As("client");
        using var practitioner = notes.As("practitioner");
        using var service = notes.AsService();

        var nobody = await guest.GetAsync("/api/v1/mine");
        await Refusal.Is(nobody, 401, "unauthenticated");
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.ToString());
        await Refusal.Is(await client.GetAsync("/api/v1/mine"), 403, "forbidden");
        await Refusal.Is(await service.GetAsync("/api/v1/mine"), 403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await practitioner.GetAsync("/api/v1/mine")).StatusCode);
        await Refusal.Is(await guest.GetAsync("/internal/notes"), 401, "unauthenticated");
        await Refusal.Is(await practitioner.GetAsync("/internal/notes"), 403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync("/internal/notes")).StatusCode);
    }

    [Fact]
    public async Task An_expired_token_opens_nothing()
    {
        using var practitioner = notes.As("practitioner");
        notes.Clock.Advance(TimeSpan.FromMinutes(16));

        await Refusal.Is(await practitioner.GetAsync("/api/v1/mine"), 401, "unauthenticated");
    }

    [Fact]
    public async Task Every_answer_carries_a_correlation_id()
    {
        using var guest = notes.Guest();
        guest.DefaultRequestHeaders.Add("X-Correlation-Id", "from-the.door");

        Assert.Equal("from-the.door", (await guest.GetAsync("/api/v1/notes")).Headers.GetValues("X-Correlation-Id").Single());
        Assert.Equal("from-the.door", (await guest.GetAsync("/api/v1/nothing")).Headers.GetValues("X-Correlation-Id").Single());
    }

    private async Task<HttpResponseMessage> Post(string body, string type = "application/json")
    {
        using var guest = notes.Guest();
        using var content = new StringContent(body, Encoding.UTF8, type);
        return await guest.PostAsync("/api/v1/notes", content);
    }
}

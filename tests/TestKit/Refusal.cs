using System.Text.Json;
using Xunit;

namespace TestKit;

/// <summary>Checks that an answer is the problem it should be.</summary>
public static class Refusal
{
    /// <summary>The problem's body, for what else should be in it.</summary>
    public static async Task<JsonElement> Is(HttpResponseMessage answer, int status, string name)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal($"urn:problem:{name}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    /// <summary>A 400 that names this field.</summary>
    public static async Task Names(HttpResponseMessage answer, string path)
    {
        var problem = await Is(answer, 400, "validation");
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name == path);
    }
}

using System.Net.Sockets;
using System.Text;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What the door leads to, asked in ways that no well-behaved program asks.</summary>
[Collection(RunningProduct.Name)]
public sealed class DoorTests(Product product)
{
    [Theory]
    [InlineData("/internal/checkouts", 404)]
    [InlineData("//internal/checkouts", 404)]
    [InlineData("/./internal/checkouts", 404)]
    [InlineData("/%69nternal/checkouts", 404)]
    [InlineData("/INTERNAL/checkouts", 404)]
    [InlineData("/operations", 404)]
    [InlineData("/api/v1/payments/../../../internal/checkouts", 404)]
    [InlineData("/api/v1/payments/%2e%2e/%2e%2e/%2e%2e/internal/checkouts", 404)]
    // The door reads this as a path below payments, the service as one below internal.
    [InlineData("/api%2fv1%2fpayments%2fx/../internal/payments/0", 404)]
    [InlineData("/api%2Fv1%2Fpayments%2Fx/.%2E/operations", 404)]
    [InlineData("/api/v1/payments/..%5c..%5cinternal", 404)]
    [InlineData("/api/v1/payments/..\\..\\internal", 404)]
    [InlineData("/x/../../operations", 400)]
    [InlineData("/api/v1/payments/%252e%252e/%252e%252e/internal", 404)]
    [InlineData("/api/v1/payments;/internal/checkouts", 404)]
    public async Task The_services_inner_side_cannot_be_reached(string target, int status) => Assert.Equal(status, await StatusOf(target));

    [Theory]
    [InlineData("/find?near=Denver%2C+CO&q=a%2Fb//c/../d")]
    [InlineData("/api/v1/places?q=a%2f..%2f..%5c")]
    public async Task Queries_may_say_what_they_like(string target) => Assert.Equal(200, await StatusOf(target));

    [Theory]
    [InlineData("GET /api/v1/places?q=Zürich", "", 400)]
    [InlineData("GET /api/v1/practitioners/zürich", "", 400)]
    [InlineData("GET /api/v1/me", "Authorization: Bearer \xff\xfe", 401)]
    [InlineData("TRACE /api/v1/taxonomy", "", 405)]
    public async Task What_is_hardly_HTTP_is_refused_as_a_problem(string request, string header, int status)
    {
        var answer = await Answer($"{request} HTTP/1.1\r\n{header}{(header.Length > 0 ? "\r\n" : "")}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("X-Correlation-Id: ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(20_000)]
    public async Task An_address_may_be_long_and_a_longer_one_is_refused_as_a_problem(int length)
    {
        var answer = await Answer($"GET /api/v1/places?q={new string('a', length)} HTTP/1.1\r\n");
        Assert.Matches("^HTTP/1.1 (200|400|414) ", answer);
        Assert.Matches("Content-Type: application/(problem\\+)?json", answer);
    }

    /// <summary>Sent as it stands: an HTTP client would straighten it first.</summary>
    private async Task<int> StatusOf(string target)
    {
        var answer = await Answer($"GET {target} HTTP/1.1\r\n");
        return int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string> Answer(string beginning)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", product.Url.Port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{beginning}Host: {product.Url.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}

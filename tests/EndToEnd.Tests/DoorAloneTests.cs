using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The door with nothing behind it: what it says of its own accord.</summary>
public sealed class DoorAloneTests : IAsyncLifetime
{
    private static readonly string Written = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "deploy", "nginx"));

    private readonly string home = Directory.CreateTempSubdirectory("door").FullName;
    private readonly HttpClient http = new();
    private Process nginx = null!;

    public async Task InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Written, "*.conf"))
            File.Copy(file, Path.Combine(home, Path.GetFileName(file)));
        var (port, nobody) = (FreePort(), FreePort());
        var upstreams = ((string[])["web", "listings", "availability", "bookings", "payments", "accounts"]).Select(name => $"upstream {name} {{ server 127.0.0.1:{nobody}; }}");
        await File.WriteAllTextAsync(Path.Combine(home, "here.conf"), $"geo $public_scheme {{ default http; }}\ngeo $rate_limits {{ default on; }}\n{string.Join('\n', upstreams)}\n");
        await File.WriteAllTextAsync(Path.Combine(home, "listen.conf"), $"listen 127.0.0.1:{port};\n");
        var conf = await File.ReadAllTextAsync(Path.Combine(Written, "nginx.conf"));
        await File.WriteAllTextAsync(Path.Combine(home, "nginx.conf"), conf.Replace("/tmp/", $"{home}/", StringComparison.Ordinal).Replace("/dev/stdout door", "off", StringComparison.Ordinal));
        nginx = Process.Start("nginx", ["-p", home, "-e", "stderr", "-c", Path.Combine(home, "nginx.conf"), "-g", "daemon off;"]);
        http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        await Eventually.True(async () => await Answers(), TimeSpan.FromSeconds(10), "the door answers");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        nginx.Kill(entireProcessTree: true);
        await nginx.WaitForExitAsync();
        nginx.Dispose();
        Directory.Delete(home, recursive: true);
    }

    /// <summary>The services read a path in any case and with a slash at its end; whoever guesses passwords may as well.</summary>
    [Theory]
    [InlineData("/api/v1/auth/login")]
    [InlineData("/api/v1/auth/Login")]
    [InlineData("/api/v1/auth/login/")]
    [InlineData("/api/v1/auth/RESET/")]
    public async Task Guessing_has_one_limit_however_the_path_is_spelt(string path)
    {
        var limited = 0;
        for (var i = 0; i < 600; i++)
        {
            using var answer = await http.PostAsync(path, null);
            limited += answer.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
        }
        Assert.NotEqual(0, limited);
    }

    [Theory]
    [InlineData("/", "text/html", 503)]
    [InlineData("/api/v1/taxonomy", "application/problem+json", 503)]
    [InlineData("/internal/checkouts", "application/problem+json", 404)]
    public async Task What_the_door_says_itself_is_read_as_what_it_is(string path, string type, int status)
    {
        using var answer = await http.GetAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    private async Task<bool> Answers()
    {
        try
        {
            using var answer = await http.GetAsync("/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

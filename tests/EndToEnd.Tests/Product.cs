using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;
using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The whole product as <c>./deploy/run</c> starts it, in a folder and on ports of the tests' own.</summary>
public sealed class Product : IAsyncLifetime
{
    private const int Port = 18400;
    private const int Practitioners = 400;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    private Dictionary<string, string> env = [];

    public static string Local => Path.Combine(Root, ".local-test", "product");

    public Uri Url => new(env["PUBLIC_URL"]);

    public string MailDirectory => env["MAIL_DIR"];

    public string Setting(string name) => env[name];

    /// <summary>Settings that a test depends on; holds stay short enough to see them end, long enough to pay in.</summary>
    private static Dictionary<string, string> Settings => new()
    {
        ["LOCAL_DIR"] = Local,
        ["RECONCILE_SECONDS"] = "2",
        ["OUTBOX_POLL_SECONDS"] = "0.5",
        ["WAITLIST_SECONDS"] = "1",
        ["MAX_HOLDS_PER_ADDRESS"] = "5000",
        ["FEEDS_ALLOW_PRIVATE"] = "true",
        ["LOG_LEVEL"] = "Information",
    };

    public async Task InitializeAsync()
    {
        await Deploy("run", "--reset", "--port", $"{Port}", "--practitioners", $"{Practitioners}", "--detach", "--no-install");
        env = (await File.ReadAllLinesAsync(Path.Combine(Local, "env")))
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        // The demo directory's free times travel to the search by messages; a test may ask for them at once.
        await Eventually.True(
            async () => await Sql<long>("LISTINGS", "SELECT count(*) FROM audit_outbox") == 0
                && await Sql<long>("AVAILABILITY", "SELECT count(*) FROM audit_outbox") == 0,
            TimeSpan.FromMinutes(2), "the demo directory is told");
        await IsWhole(TimeSpan.FromMinutes(2));
    }

    public Task DisposeAsync() => Deploy("stop");

    /// <summary>The first column of the first row, from the database of one service; waits for a database that is just coming back.</summary>
    public async Task<T?> Sql<T>(string service, string sql, params object[] values)
    {
        T? found = default;
        await Eventually.True(
            async () =>
            {
                try
                {
                    found = await TrySql<T>(service, sql, values);
                    return true;
                }
                catch (Exception e) when (Platform.Problem.IsUnavailable(e))
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30), $"the database of {service} answers");
        return found;
    }

    /// <summary>Whatever was ended is back, and every part answers.</summary>
    public async Task IsWhole(TimeSpan within)
    {
        using var http = new HttpClient();
        await Eventually.True(async () => (await http.GetAsync(new Uri(Url, "/health/ready"))).IsSuccessStatusCode, within, "every part is ready");
    }

    /// <summary>Ends a process without a word, as a power cut does; its supervisor starts it again.</summary>
    public static void Kill(string name) => Signal(name, "KILL");

    /// <summary>A server that is there and does not answer, until <see cref="Thaw"/>.</summary>
    public static void Freeze(string name) => Signal(name, "STOP");

    public static void Thaw(string name) => Signal(name, "CONT");

    /// <summary>Ends a process in good order, and keeps its supervisor from starting it again until <see cref="Restart"/>.</summary>
    public static async Task Stop(string name)
    {
        var pid = Pid(name);
        await File.WriteAllTextAsync(Held(name), "");
        Signal(name, "TERM");
        await Eventually.True(() => Task.FromResult(!Directory.Exists($"/proc/{pid}")), TimeSpan.FromSeconds(30), $"{name} has stopped");
    }

    public static void Restart(string name) => File.Delete(Held(name));

    private static string Held(string name) => Path.Combine(Local, "run", $"{name}.held");

    private static string Pid(string name) => File.ReadAllText(Path.Combine(Local, "run", $"{name}.pid")).Trim();

    private async Task<T?> TrySql<T>(string service, string sql, object[] values)
    {
        // Not from a pool: some tests end the server under it.
        await using var connection = new NpgsqlConnection(Platform.Database.ConnectionString(env[$"DATABASE_URL_{service}"], "end-to-end") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    private static void Signal(string name, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, Pid(name)]);
        kill.WaitForExit();
    }

    private static async Task Deploy(string command, params string[] arguments)
    {
        var log = Path.Combine(Root, ".local-test", $"product-{command}.log");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        var start = new ProcessStartInfo("bash", ["-c", $"exec '{Path.Combine(Root, "deploy", command)}' \"$@\" >'{log}' 2>&1 </dev/null", "-", .. arguments]);
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"deploy/{command} failed:\n{await File.ReadAllTextAsync(log)}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

/// <summary>All tests share one running product, one after another: some of them kill parts of it.</summary>
[CollectionDefinition(Name)]
public sealed class RunningProduct : ICollectionFixture<Product>
{
    public const string Name = "the running product";
}

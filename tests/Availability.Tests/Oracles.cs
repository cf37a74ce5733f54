using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Availability.Tests;

/// <summary>What others than we find, outside of .NET; installed once.</summary>
internal static class Oracles
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Here())!, "Oracle");
    private static readonly Lazy<Task> Installed = new(Install);

    /// <summary>The lines that a script among them prints.</summary>
    public static async IAsyncEnumerable<string> Ask(params string[] script)
    {
        await Installed.Value;
        await foreach (var line in Lines("node", script))
            yield return line;
    }

    private static async Task Install()
    {
        // A folder that is older than the list lacks what has been added to it.
        if (File.GetLastWriteTimeUtc(Path.Combine(Folder, "node_modules", ".package-lock.json")) > File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        await foreach (var _ in Lines("npm", "ci", "--ignore-scripts", "--loglevel=error"))
            continue;
    }

    private static async IAsyncEnumerable<string> Lines(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            yield return line;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

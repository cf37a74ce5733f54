using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;

namespace Availability.Tests;

/// <summary>A folder of scripts for Node, whose packages are installed once.</summary>
internal sealed class NodeScripts
{
    private readonly string folder;
    private readonly Lazy<Task> installed;

    /// <param name="folder">From the one of this project.</param>
    public NodeScripts(string folder)
    {
        this.folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, folder));
        installed = new(Install);
    }

    /// <summary>The lines that a script among them prints.</summary>
    public async IAsyncEnumerable<string> Ask(params string[] script)
    {
        await installed.Value;
        await foreach (var line in Lines("node", script))
            yield return line;
    }

    private async Task Install()
    {
        // A folder that is older than the list lacks what has been added to it.
        if (File.GetLastWriteTimeUtc(Path.Combine(folder, "node_modules", ".package-lock.json")) > File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            return;
        await foreach (var _ in Lines("npm", "ci", "--ignore-scripts", "--loglevel=error"))
            continue;
    }

    private async IAsyncEnumerable<string> Lines(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            yield return line;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

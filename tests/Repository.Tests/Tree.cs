using System.Runtime.CompilerServices;

namespace Repository.Tests;

/// <summary>The files of this repository.</summary>
internal static class Tree
{
    private static readonly string[] Built = ["bin", "obj", "node_modules", ".local", ".local-test", ".git", "TestResults", "lib"];

    public static string Root { get; } = FindRoot();

    /// <summary>All sources below a folder, relative to the root, without what builds leave behind.</summary>
    public static IEnumerable<string> Files(string folder, params string[] patterns) =>
        patterns.SelectMany(p => Directory.EnumerateFiles(Path.Combine(Root, folder), p, SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Intersect(Built).Any() || f.StartsWith("deploy/lib/", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

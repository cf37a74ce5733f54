namespace Availability.Tests;

/// <summary>What others than we find, outside of .NET.</summary>
internal static class Oracles
{
    private static readonly NodeScripts Folder = new("Oracle");

    /// <summary>The lines that a script among them prints.</summary>
    public static IAsyncEnumerable<string> Ask(params string[] script) => Folder.Ask(script);
}

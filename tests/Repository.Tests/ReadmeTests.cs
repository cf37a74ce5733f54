using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

public sealed partial class ReadmeTests
{
    private readonly string readme = Tree.Read("README.md");

    [Fact]
    public void Its_table_of_services_is_the_list_of_services()
    {
        var told = ServiceRow().Matches(readme).Select(m => m.Groups[1].Value).Order();

        Assert.Equal(References.Services.Order(), told);
    }

    [Fact]
    public void Whatever_it_links_to_is_there() =>
        Assert.All(Link().Matches(readme).Select(m => m.Groups[1].Value), target => Assert.True(Path.Exists(Path.Combine(Tree.Root, target)), target));

    [Fact]
    public void The_commands_it_names_are_there() =>
        Assert.All(DeployCommand().Matches(readme).Select(m => m.Groups[1].Value).Distinct(), command =>
            Assert.True(File.Exists(Path.Combine(Tree.Root, "deploy", command)), command));

    [Fact]
    public void It_is_short() => Assert.InRange(readme.Split('\n').Length, 1, 300);

    [GeneratedRegex(@"^\| \[(\w+)\]\(services/\1\) \|", RegexOptions.Multiline)]
    private static partial Regex ServiceRow();

    [GeneratedRegex(@"\]\((?!https?:)([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\./deploy/([a-z-]+)")]
    private static partial Regex DeployCommand();
}

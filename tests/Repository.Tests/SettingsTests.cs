using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

public sealed partial class SettingsTests
{
    private static readonly string[] Example = [.. Setting().Matches(Tree.Read(".env.example")).Select(m => m.Groups[1].Value)];

    /// <summary>Where the parts are: told by whatever starts them.</summary>
    private static readonly string[] Places =
        [.. References.Services.SelectMany(s => (string[])[$"DATABASE_URL_{s.ToUpperInvariant()}", $"{s.ToUpperInvariant()}_URL"]), "AMQP_URL", "RABBITMQ_MANAGEMENT_URL"];

    private static readonly string[] Options =
        [.. Tree.Files("services", "*.cs").Select(Tree.Read).Where(text => Class().IsMatch(text)).SelectMany(text => Property().Matches(text)).Select(m => WordStart().Replace(m.Groups[1].Value, "_").ToUpperInvariant()).Distinct()];

    [Fact]
    public void Every_setting_that_a_service_reads_is_in_the_example() => Assert.All(Options, name => Assert.Contains(name, Example));

    [Fact]
    public void Every_setting_in_the_example_is_read()
    {
        var words = string.Concat(Tree.Files("services", "*.cs").Concat(Tree.Files("deploy/lib", "*.sh")).Concat(["deploy/container/start"]).Select(Tree.Read));

        Assert.All(Example.Except(Places).Except(Options), name => Assert.Matches($@"""{name}""|\${name}\b|\${{{name}\b", words + Tree.Read("docker-compose.yml")));
    }

    [Fact]
    public void Containers_get_every_setting() =>
        Assert.All(Example.Except(Places), name => Assert.Matches($@"\n +{name}:|\${{{name}\b", Tree.Read("docker-compose.yml")));

    [GeneratedRegex("^([A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex("^public sealed class [A-Za-z]+Options\r?$", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"public \S+ (\w+) { get; set; }")]
    private static partial Regex Property();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}

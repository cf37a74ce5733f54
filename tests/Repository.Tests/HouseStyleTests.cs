using System.Text.RegularExpressions;
using Xunit;

namespace Repository.Tests;

public sealed partial class HouseStyleTests
{
    [Fact]
    public void Folders_are_named_by_subject_and_never_by_kind()
    {
        string[] kinds = ["Controllers", "Handlers", "Dtos", "Interfaces", "Services", "Helpers", "Utils", "Common"];

        Assert.DoesNotContain(Tree.Files("services", "*.cs"), f => f.Split('/').Skip(1).Intersect(kinds).Any());
    }

    [Fact]
    public void Zones_and_the_clock_come_in_by_the_front_door()
    {
        var found = from file in Tree.Files("services", "*.cs", "*.sql")
                    let text = Tree.Read(file)
                    where SideDoors().IsMatch(text)
                    select file;

        Assert.Empty(found);
    }

    [Fact]
    public void Every_setting_that_is_documented_as_a_secret_is_empty_in_the_example()
    {
        var example = Tree.Read(".env.example").Split('\n');

        Assert.All((string[])["SIGNING_KEY", "ENCRYPTION_KEY", "SERVICE_KEY", "LINK_KEY", "STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET"], key =>
            Assert.Contains(example, line => line.TrimStart('#', ' ') == $"{key}="));
    }

    [Fact]
    public void Platform_stays_small() =>
        Assert.InRange(Tree.Files("services/Platform", "*.cs").Count(), 1, 20);

    [Fact]
    public void Nothing_in_the_project_depends_on_one_machine()
    {
        var found = from folder in (string[])["services", "tests", "deploy"]
                    from file in Tree.Files(folder, "*.cs", "*.csproj", "*.props", "*.json", "*.sh", "*.cshtml", "*.conf")
                    where MachinePaths().IsMatch(Tree.Read(file)) && !file.EndsWith("HouseStyleTests.cs", StringComparison.Ordinal)
                    select file;

        Assert.Empty(found);
    }

    [GeneratedRegex(@"DateTime\.(Now|UtcNow|Today)|DateTimeOffset\.(Now|UtcNow)|\bTimeZoneInfo\.|AT TIME ZONE|Guid\.NewGuid")]
    private static partial Regex SideDoors();

    [GeneratedRegex(@"(^|[""' =(])/(work|root|farm)/|/home/[a-z]+/|registry\.npmjs|""resolved""", RegexOptions.Multiline)]
    private static partial Regex MachinePaths();
}

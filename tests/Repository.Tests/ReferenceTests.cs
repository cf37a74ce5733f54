using Xunit;

namespace Repository.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void Services_meet_only_in_contracts_and_platform() =>
        Assert.Empty(References.Forbidden(ServiceProjects()));

    [Theory]
    [InlineData("Bookings", "../Payments/Payments.csproj")]
    [InlineData("Web", "../Contracts/Contracts.csproj")]
    [InlineData("Contracts", "../Platform/Platform.csproj")]
    [InlineData("Platform", "../Contracts/Contracts.csproj")]
    [InlineData("Availability", "../Substitutes/Stripe.net/Stripe.net.csproj")]
    public void A_planted_violation_is_found(string project, string reference) =>
        Assert.Single(References.Forbidden(
            [(project, $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""")]));

    [Fact]
    public void Contracts_needs_nothing_at_all() =>
        Assert.DoesNotContain("Reference", Tree.Read("services/Contracts/Contracts.csproj"), StringComparison.Ordinal);

    [Fact]
    public void No_service_knows_where_anothers_database_is()
    {
        var curious = from service in References.Services
                      from file in Tree.Files($"services/{service}", "*.cs")
                      from other in References.Services
                      where other != service && Tree.Read(file).Contains($"DATABASE_URL_{other.ToUpperInvariant()}", StringComparison.Ordinal)
                      select $"{file} asks for the database of {other}";

        Assert.Empty(curious);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Tree.Read("Directory.sln").Replace('\\', '/');

        Assert.DoesNotContain(Tree.Files("services", "*.csproj").Concat(Tree.Files("tests", "*.csproj")), p => !solution.Contains(p, StringComparison.Ordinal));
    }

    private static IEnumerable<(string, string)> ServiceProjects() =>
        Tree.Files("services", "*.csproj").Select(p => (Path.GetFileNameWithoutExtension(p), Tree.Read(p)));
}

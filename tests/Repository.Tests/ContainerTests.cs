using System.Diagnostics;
using Xunit;

namespace Repository.Tests;

public sealed class ContainerTests
{
    /// <summary>The door waits for these jobs to end well, and there is no .NET where this test runs them: to end well they must do nothing.</summary>
    [Theory]
    [InlineData("demo-listings")]
    [InlineData("demo-availability")]
    [InlineData("demo-accounts")]
    public async Task In_production_nobody_is_invented(string job)
    {
        using var start = Process.Start(new ProcessStartInfo("/bin/sh", [Path.Combine(Tree.Root, "deploy/container/start"), job])
        {
            Environment = { ["ENVIRONMENT"] = "Production", ["SERVICE"] = "Listings", ["SECRETS_FILE"] = "" },
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await start.WaitForExitAsync();

        Assert.Equal(0, start.ExitCode);
    }
}

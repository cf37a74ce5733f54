using System.Security.Cryptography;
using Xunit;

namespace Platform.Tests;

public sealed class ServiceTests
{
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    [Fact]
    public void Production_starts_behind_https_alone()
    {
        Assert.Contains("PUBLIC_URL", Assert.Throws<InvalidOperationException>(() => Start("Production", null)).Message, StringComparison.Ordinal);
        Assert.Contains("PUBLIC_URL", Assert.Throws<InvalidOperationException>(() => Start("Production", "http://stillpoint.example")).Message, StringComparison.Ordinal);
        Start("Production", "https://stillpoint.example");
        Start("Development", "http://localhost:8080");
    }

    private static void Start(string environment, string? publicUrl) =>
        Service.CreateBuilder([$"--environment={environment}", $"--PUBLIC_URL={publicUrl}", $"--ENCRYPTION_KEY={Key}", $"--LINK_KEY={Key}", $"--SERVICE_KEY={ServiceKey()}"], "Notes");

    private static string ServiceKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}

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

    [Theory]
    [InlineData("NAPS", "-1")]
    [InlineData("NAPS", "1.5")]
    [InlineData("NAPS", "99999999999")]
    [InlineData("NAP_MINUTES", "NaN")]
    [InlineData("NAP_MINUTES", "-0.5")]
    [InlineData("NAP_MINUTES", "1e300")]
    [InlineData("NAP_MINUTES", "soon")]
    [InlineData("QUIET", "yes")]
    [InlineData("LULLABY", "no address")]
    public void A_setting_that_means_nothing_is_refused_by_its_name(string name, string value)
    {
        var builder = Start("Development", "http://localhost:8080", $"--{name}={value}");
        Assert.Contains($"The setting {name} cannot be read.", Assert.Throws<InvalidOperationException>(builder.Options<NapOptions>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_and_keep_their_own_value_when_empty()
    {
        var naps = Start("Development", "http://localhost:8080", "--NAPS=3", "--NAP_MINUTES=0.5", "--QUIET=off", "--LULLABY=").Options<NapOptions>();
        Assert.Equal((3, 0.5, false, null), (naps.Naps, naps.NapMinutes, naps.Quiet, naps.Lullaby));
    }

    private sealed class NapOptions
    {
        public int Naps { get; set; } = 1;

        public double NapMinutes { get; set; } = 20;

        public bool Quiet { get; set; } = true;

        public Uri? Lullaby { get; set; }
    }

    private static Microsoft.AspNetCore.Builder.WebApplicationBuilder Start(string environment, string? publicUrl, params string[] more) =>
        Service.CreateBuilder([$"--environment={environment}", $"--PUBLIC_URL={publicUrl}", $"--ENCRYPTION_KEY={Key}", $"--LINK_KEY={Key}", $"--SERVICE_KEY={ServiceKey()}", .. more], "Notes");

    private static string ServiceKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TestKit;
using Xunit;

namespace Accounts.Tests;

public sealed class TokenForgeryTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    [Fact]
    public async Task A_real_token_is_signed_with_the_published_key()
    {
        var token = Tokens.ReadJsonWebToken((await app.SignedIn(await app.Someone("practitioner"))).AccessToken);
        var published = new JsonWebKeySet(await app.Service.Guest().GetStringAsync("/.well-known/jwks.json"));

        Assert.Equal("ES256", token.Alg);
        Assert.Equal(Assert.Single(published.Keys).Kid, token.Kid);
        Assert.DoesNotContain("\"d\"", await app.Service.Guest().GetStringAsync("/.well-known/jwks.json"));
        Assert.Equal("practitioner", token.GetClaim("role").Value);
        Assert.True(Guid.TryParse(token.GetClaim("practitioner").Value, out _));
        Assert.Equal(TimeSpan.FromMinutes(15), token.ValidTo - token.IssuedAt);
    }

    [Fact]
    public async Task A_token_without_signature_is_nothing()
    {
        var (real, payload) = await RealOne();
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");

        await Refused($"{header}.{payload}.");
        await Refused($"{real.EncodedHeader}.{payload}.");
    }

    [Fact]
    public async Task Another_key_is_refused_even_under_our_key_s_name()
    {
        var (real, _) = await RealOne();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        await Refused(Signed(new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = real.Kid }, SecurityAlgorithms.EcdsaSha256)));
    }

    [Fact]
    public async Task The_public_key_is_no_shared_secret()
    {
        var (real, payload) = await RealOne();
        var jwks = JsonNode.Parse(await app.Service.Guest().GetStringAsync("/.well-known/jwks.json"))!["keys"]![0]!;
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes((string)jwks["x"]!), Y = Base64UrlEncoder.DecodeBytes((string)jwks["y"]!) },
        });
        var header = Base64UrlEncoder.Encode($$"""{"alg":"HS256","kid":"{{real.Kid}}","typ":"JWT"}""");

        foreach (var secret in new[] { key.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(key.ExportSubjectPublicKeyInfoPem()) })
        {
            var signature = Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{header}.{payload}")));
            await Refused($"{header}.{payload}.{signature}");
        }
    }

    [Fact]
    public async Task What_a_token_says_cannot_be_changed()
    {
        var (real, payload) = await RealOne();
        var changed = JsonNode.Parse(Base64UrlEncoder.Decode(payload))!;
        changed["role"] = "operator";

        await Refused($"{real.EncodedHeader}.{Base64UrlEncoder.Encode(changed.ToJsonString())}.{real.EncodedSignature}");
    }

    [Fact]
    public async Task A_token_dies_after_a_quarter_of_an_hour()
    {
        var tokens = await app.SignedIn(await app.Someone());
        Assert.Equal(HttpStatusCode.OK, (await app.Service.Bearing(tokens.AccessToken).GetAsync("/api/v1/me")).StatusCode);

        app.Clock.Advance(TimeSpan.FromMinutes(15));

        await Refused(tokens.AccessToken);
    }

    [Fact]
    public async Task A_service_s_token_is_no_person()
    {
        await Refusal.Is(await app.Service.AsService().GetAsync("/api/v1/me"), 403, "forbidden");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.")]
    public Task Rubbish_is_refused(string token) => Refused(token);

    private async Task<(JsonWebToken Token, string Payload)> RealOne()
    {
        var token = Tokens.ReadJsonWebToken((await app.SignedIn(await app.Someone())).AccessToken);
        return (token, token.EncodedPayload);
    }

    private string Signed(SigningCredentials credentials) => Tokens.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Platform.Callers.PeopleIssuer,
        Audience = Platform.Callers.Audience,
        Subject = new ClaimsIdentity([new("sub", Guid.CreateVersion7().ToString()), new("role", "operator")]),
        Expires = app.Clock.GetUtcNow().UtcDateTime.AddMinutes(5),
        SigningCredentials = credentials,
    });

    private async Task Refused(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        await Refusal.Is(await app.Service.Guest().SendAsync(request), 401, "unauthenticated");
    }
}

using Microsoft.AspNetCore.Http.HttpResults;

namespace Accounts.SigningIn;

/// <summary>The public keys by which every service knows the tokens of people.</summary>
public static class PublishKeys
{
    public sealed record Response(IReadOnlyList<SigningKey.PublicKey> Keys);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/.well-known/jwks.json", Handle).WithName(nameof(PublishKeys)).ExcludeFromDescription();

    public static Ok<Response> Handle(SigningKey key, HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new Response([key.Public]));
    }
}

using System.Net.Http.Headers;

namespace Web.People;

/// <summary>Calls other services as the person whose page this is, with their token.</summary>
public sealed class OnBehalf(IHttpContextAccessor current) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (current.HttpContext is { } http && await SignInCookie.AccessToken(http) is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await base.SendAsync(request, cancellationToken);
    }
}

using System.Net.Http.Headers;

namespace Web.People;

/// <summary>Calls other services as the person whose page this is: with their token, and their network address for the limits.</summary>
public sealed class OnBehalf(IHttpContextAccessor current) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (current.HttpContext is { } http)
        {
            if (await SignInCookie.AccessToken(http) is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (http.Connection.RemoteIpAddress is { } address)
                request.Headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
        }
        return await base.SendAsync(request, cancellationToken);
    }
}

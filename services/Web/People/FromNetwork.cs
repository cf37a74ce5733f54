namespace Web.People;

/// <summary>
/// Tells other services which network the person whose page this is comes from: their limits are per person, and all pages come from one machine.
/// </summary>
public sealed class FromNetwork(IHttpContextAccessor current) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (current.HttpContext?.Connection.RemoteIpAddress is { } address)
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", address.ToString());
        return base.SendAsync(request, cancellationToken);
    }
}

namespace Web.People;

/// <summary>
/// Calls other services from where the person whose page this is sits on the network: their limits are for people, and all pages come from one machine.
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

namespace Stripe.Checkout;

/// <summary>Calls about checkout sessions.</summary>
public class SessionService(StripeClient client) : Service<Session>(client)
{
    public Task<Session> CreateAsync(
        SessionCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Post("/v1/checkout/sessions", options, requestOptions, cancellationToken);

    public Task<Session> GetAsync(
        string id, SessionGetOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Read($"/v1/checkout/sessions/{Uri.EscapeDataString(id)}", requestOptions, cancellationToken);

    /// <summary>Closes the page; only an open session can be expired.</summary>
    public Task<Session> ExpireAsync(
        string id, SessionExpireOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Post($"/v1/checkout/sessions/{Uri.EscapeDataString(id)}/expire", options, requestOptions, cancellationToken);
}

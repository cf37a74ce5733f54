namespace Stripe;

/// <summary>What the calls about every kind of thing share.</summary>
public abstract class Service<T>(StripeClient client)
    where T : StripeEntity
{
    private protected Task<T> Post(string path, object? options, RequestOptions? request, CancellationToken ct) =>
        client.RequestAsync<T>(HttpMethod.Post, path, options, request, ct);

    private protected Task<T> Read(string path, RequestOptions? request, CancellationToken ct) =>
        client.RequestAsync<T>(HttpMethod.Get, path, null, request, ct);

    private protected Task<StripeList<T>> ReadList(string path, ListOptions? options, RequestOptions? request, CancellationToken ct) =>
        client.RequestAsync<StripeList<T>>(HttpMethod.Get, path, options, request, ct);
}

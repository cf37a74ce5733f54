using System.Text.Json;

namespace Stripe;

/// <summary>Anything Stripe answers with.</summary>
public abstract class StripeEntity
{
    /// <summary>What kind of thing this is, as Stripe calls it: <c>charge</c>, <c>refund</c>, …</summary>
    public string? Object { get; set; }

    public string ToJson() => JsonSerializer.Serialize(this, GetType(), StripeJson.Options);
}

/// <summary>A page of things, newest first.</summary>
public class StripeList<T> : StripeEntity
{
    public List<T> Data { get; set; } = [];

    public bool HasMore { get; set; }

    public string? Url { get; set; }
}

/// <summary>Which page of a list to answer with.</summary>
public class ListOptions
{
    /// <summary>1 to 100; Stripe's default is 10.</summary>
    public long? Limit { get; set; }

    /// <summary>The page after this id.</summary>
    public string? StartingAfter { get; set; }
}

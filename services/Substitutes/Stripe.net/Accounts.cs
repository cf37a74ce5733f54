namespace Stripe;

/// <summary>A connected account: somebody whom the platform takes payments for.</summary>
public class Account : StripeEntity
{
    public string Id { get; set; } = "";

    /// <summary>Whether it may be paid by card.</summary>
    public bool ChargesEnabled { get; set; }

    public string? Country { get; set; }

    public DateTime Created { get; set; }

    public bool DetailsSubmitted { get; set; }

    public string? Email { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public bool PayoutsEnabled { get; set; }

    public string? Type { get; set; }
}

public class AccountCreateOptions
{
    /// <summary><c>individual</c>, <c>company</c> or <c>non_profit</c>.</summary>
    public string? BusinessType { get; set; }

    public AccountCapabilitiesOptions? Capabilities { get; set; }

    public string? Country { get; set; }

    public string? Email { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary>For custom accounts: the platform vouches that the owner has agreed to Stripe's terms.</summary>
    public AccountTosAcceptanceOptions? TosAcceptance { get; set; }

    /// <summary><c>express</c>, <c>standard</c> or <c>custom</c>.</summary>
    public string? Type { get; set; }
}

public class AccountCapabilitiesOptions
{
    public AccountCapabilitiesCardPaymentsOptions? CardPayments { get; set; }

    public AccountCapabilitiesTransfersOptions? Transfers { get; set; }
}

public class AccountCapabilitiesCardPaymentsOptions
{
    public bool? Requested { get; set; }
}

public class AccountCapabilitiesTransfersOptions
{
    public bool? Requested { get; set; }
}

public class AccountTosAcceptanceOptions
{
    public DateTime? Date { get; set; }

    public string? Ip { get; set; }
}

public class AccountGetOptions;

/// <summary>Calls about connected accounts.</summary>
public class AccountService(StripeClient client) : Service<Account>(client)
{
    public Task<Account> CreateAsync(
        AccountCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Post("/v1/accounts", options, requestOptions, cancellationToken);

    public Task<Account> GetAsync(
        string id, AccountGetOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Read($"/v1/accounts/{Uri.EscapeDataString(id)}", requestOptions, cancellationToken);
}

/// <summary>A page of Stripe's on which the owner of a connected account says who they are; good once, for minutes.</summary>
public class AccountLink : StripeEntity
{
    public DateTime Created { get; set; }

    public DateTime ExpiresAt { get; set; }

    public string Url { get; set; } = "";
}

public class AccountLinkCreateOptions
{
    public string? Account { get; set; }

    /// <summary>Where Stripe sends somebody whose link is no longer good.</summary>
    public string? RefreshUrl { get; set; }

    public string? ReturnUrl { get; set; }

    /// <summary><c>account_onboarding</c> or <c>account_update</c>.</summary>
    public string? Type { get; set; }
}

/// <summary>Calls about account links.</summary>
public class AccountLinkService(StripeClient client) : Service<AccountLink>(client)
{
    public Task<AccountLink> CreateAsync(
        AccountLinkCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Post("/v1/account_links", options, requestOptions, cancellationToken);
}

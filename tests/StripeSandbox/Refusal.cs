using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>An error as Stripe answers it.</summary>
#pragma warning disable CA1032, CA1710 // Made in one of the ways below only, and named for what it is.
public sealed class Refusal : Exception
#pragma warning restore CA1032, CA1710
{
    private readonly string type;
    private readonly string? code;
    private readonly string? parameter;

    private Refusal(int status, string type, string? code, string message, string? parameter = null)
        : base(message)
    {
        Status = status;
        this.type = type;
        this.code = code;
        this.parameter = parameter;
    }

    public int Status { get; }

    /// <summary>Nothing was tried yet, so the same idempotency key may come again with better parameters.</summary>
    public bool BeforeWork { get; private init; }

    public static Refusal Parameter(string name, string message, string code = "parameter_invalid") =>
        new(400, "invalid_request_error", code, message, name) { BeforeWork = true };

    public static Refusal State(string message, string? code = null, string? parameter = null) =>
        new(400, "invalid_request_error", code, message, parameter);

    public static Refusal Missing(string kind, string id) =>
        new(404, "invalid_request_error", "resource_missing", $"No such {kind}: '{id}'", "id") { BeforeWork = true };

    public static Refusal NoKey() =>
        new(401, "invalid_request_error", null, "Send your key as a bearer token or as the basic user name.") { BeforeWork = true };

    public static Refusal NoSuchCall(string method, string path) =>
        new(404, "invalid_request_error", null, $"The sandbox does not know {method} {path}.") { BeforeWork = true };

    public static Refusal KeyInUse() =>
        new(409, "idempotency_error", "idempotency_key_in_use", "A request under this idempotency key is still being worked on.") { BeforeWork = true };

    public static Refusal KeyOfAnotherRequest() =>
        new(400, "idempotency_error", null, "This idempotency key was first used with other parameters.") { BeforeWork = true };

    public static Refusal Unavailable() =>
        new(503, "api_error", null, "The sandbox was told to be out of order.") { BeforeWork = true };

    public JsonObject Body() => new()
    {
        ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = Message, ["param"] = parameter },
    };
}

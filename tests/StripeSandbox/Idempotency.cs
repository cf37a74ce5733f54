using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>
/// Stripe's idempotency: a key's first answer is repeated for a day, whatever it was, unless the parameters did not pass validation or
/// the key was in use. The answer is kept in the same change as its effects.
/// </summary>
internal static class Idempotency
{
    public const string Kind = "sandbox.idempotency";

    private static readonly ConcurrentDictionary<string, bool> InUse = new();

    public static async Task<JsonObject> Once(HttpContext http, Parameters parameters, Func<Call, JsonObject> work)
    {
        var store = http.RequestServices.GetRequiredService<Store>();
        var switches = http.RequestServices.GetRequiredService<Switches>();
        if (http.Request.Headers["Idempotency-Key"].ToString() is not { Length: > 0 } key)
            return store.Change(change => work(new Call(http, change, parameters)));

        if (key.Length > 255)
            throw Refusal.Parameter("Idempotency-Key", "A key has at most 255 characters.");

        // Several sandboxes can live in one process (tests), each with its own keys.
        var slot = $"{http.Connection.LocalPort}:{http.Request.Headers.Authorization}:{key}";
        if (!InUse.TryAdd(slot, true))
            throw Refusal.KeyInUse();
        try
        {
            if (switches.Delay > TimeSpan.Zero)
                await Task.Delay(switches.Delay, http.RequestAborted);
            return Answer(http, store, parameters, work, key);
        }
        finally
        {
            InUse.TryRemove(slot, out _);
        }
    }

    private static JsonObject Answer(HttpContext http, Store store, Parameters parameters, Func<Call, JsonObject> work, string key)
    {
        var request = $"{http.Request.Method} {http.Request.Path}?{parameters.Fingerprint}";
        var id = $"{http.Request.Headers.Authorization}:{key}";
        if (store.Find(Kind, id) is { } earlier && (long)earlier["created"]! > Day(http))
        {
            if ((string)earlier["request"]! != request)
                throw Refusal.KeyOfAnotherRequest();

            http.Response.Headers["Idempotent-Replayed"] = "true";
            http.Response.Headers["Original-Request"] = (string)earlier["original"]!;
            if ((int)earlier["status"]! >= 400)
                throw Refusal.State((string)earlier["answer"]!["error"]!["message"]!, (string?)earlier["answer"]!["error"]!["code"]);
            return earlier["answer"]!.DeepClone().AsObject();
        }

        try
        {
            return store.Change(change =>
            {
                var answer = work(new Call(http, change, parameters));
                change.Put(Record(change, id, request, 200, answer));
                return answer;
            });
        }
        catch (Refusal refusal) when (!refusal.BeforeWork)
        {
            store.Change(change =>
            {
                change.Put(Record(change, id, request, refusal.Status, refusal.Body()));
                return true;
            });
            throw;
        }
    }

    private static JsonObject Record(Change change, string id, string request, int status, JsonObject answer) => new()
    {
        ["id"] = id,
        ["object"] = Kind,
        ["created"] = change.UnixNow,
        ["original"] = Change.NewId("req"),
        ["request"] = request,
        ["status"] = status,
        ["answer"] = answer.DeepClone(),
    };

    private static long Day(HttpContext http) =>
        http.RequestServices.GetRequiredService<SandboxOptions>().Clock.GetUtcNow().AddDays(-1).ToUnixTimeSeconds();
}

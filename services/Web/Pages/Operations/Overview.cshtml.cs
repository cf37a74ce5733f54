using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Door;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Operations;

/// <summary>How the whole runs: the services, money that is not settled, messages that are stuck, calendars that fail; and how to set these going again.</summary>
public sealed class OverviewModel(OperationsClient operations, BrokerClient broker, PaymentsClient payments, PeersAtTheDoor peers, TimeProvider clock) : PageModel
{
    /// <summary>What has just been set going.</summary>
    [BindProperty(SupportsGet = true)] public string? Done { get; set; }

    public IReadOnlyList<Part> Parts { get; private set; } = [];

    /// <summary>Null when the broker does not say.</summary>
    public IReadOnlyList<QueueState>? Queues { get; private set; }

    /// <summary>Null when Payments does not answer.</summary>
    public IReadOnlyList<Unsettled>? Money { get; private set; }

    /// <summary>Null when Availability does not answer.</summary>
    public FailingCalendars? Calendars { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public static string OwnVersion => Part.Brief(Service.Version);

    public IEnumerable<QueueState> DeadLetters => (Queues ?? []).Where(q => q.IsDeadLetters && q.Waiting + q.InHand > 0);

    /// <summary>Queues that hold something, or that nobody consumes.</summary>
    public IEnumerable<QueueState> Busy => (Queues ?? []).Where(q => !q.IsDeadLetters && (q.Waiting + q.InHand > 0 || q.Consumers == 0));

    public IEnumerable<QueueState> Idle => (Queues ?? []).Where(q => !q.IsDeadLetters).Except(Busy);

    public string? Said => Done switch
    {
        "sent" => "The message is on its way again.",
        "delivered" => "The messages are back in their queue. Any that fail again come back here within a minute.",
        "refund" => "The refund is being tried again.",
        _ => null,
    };

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostSend(string service, Guid id, CancellationToken ct) => Do("sent", operations.SendAgain(service ?? "", id, ct), ct);

    public Task<IActionResult> OnPostDeliver(string queue, CancellationToken ct) => Do("delivered", operations.DeliverAgain(queue ?? "", ct), ct);

    public Task<IActionResult> OnPostRefund(Guid id, CancellationToken ct) => Do("refund", payments.Retry(id, ct), ct);

    /// <summary>How long something has been so: <c>4 minutes</c>.</summary>
    public string For(DateTimeOffset since) => Say.Lasting(Now - since);

    private async Task<IActionResult> Do(string done, Task action, CancellationToken ct)
    {
        try
        {
            await action;
            return Redirect($"/ops?done={done}");
        }
        catch (RefusedException refusal) when (refusal.Status is 404 or 409)
        {
            ModelState.AddModelError("", "Nothing to do: someone else was quicker.");
        }
        catch (Exception e) when (e is UnavailableException or HttpRequestException)
        {
            ModelState.AddModelError("", "The service is not responding right now. Please try again in a minute.");
        }
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        Now = clock.GetUtcNow();
        // All at once: two that hang, asked one after the other, are more than the door waits for.
        var readiness = peers.Readiness(ct);
        var states = Task.WhenAll(PeersAtTheDoor.Services.Select(async name => (Name: name, State: await operations.State(name, ct))));
        var (queues, calendars, money) = (broker.Queues(ct), operations.Calendars(ct), Unsettled(ct));
        await Task.WhenAll(readiness, states, queues, calendars, money);
        var ready = await readiness;
        Parts = [.. (await states).Select(s => new Part(s.Name, ready[s.Name], s.State))];
        (Queues, Calendars, Money) = (await queues, await calendars, await money);
    }

    private async Task<IReadOnlyList<Unsettled>?> Unsettled(CancellationToken ct)
    {
        try
        {
            return await Answers.Within(OperationsClient.Patience, patience => payments.Unsettled(patience), ct);
        }
        catch (UnavailableException)
        {
            // Its line among the services says that Payments is away.
            return null;
        }
    }

    /// <param name="Readiness"><c>ready</c>, <c>unready</c>, <c>without broker</c> or <c>unreachable</c>.</param>
    public sealed record Part(string Name, string Readiness, ServiceState? State)
    {
        public string Version => Brief(State?.Version ?? "");

        public static string Brief(string version) => version.Split('+') is [var number, { Length: >= 7 } commit] ? $"{number}, {commit[..7]}" : version;
    }
}

using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>A practitioner hears what a moderator decided about their listing.</summary>
public sealed class TellOfDecision(NotificationsDb db, TimeProvider clock) : IConsumer<ListingDecided>
{
    public Task Consume(ConsumeContext<ListingDecided> context)
    {
        var kind = context.Message.Verdict switch
        {
            "approved" => MessageKind.ListingApproved,
            "returned" => MessageKind.ListingReturned,
            "suspended" => MessageKind.ListingSuspended,
            var verdict => throw new NotSupportedException($"No mail is known for the verdict '{verdict}'."),
        };
        return db.Queue(Message.OfListing(kind, context.Message, clock.GetUtcNow()), context.CancellationToken);
    }
}

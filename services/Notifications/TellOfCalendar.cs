using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>A practitioner hears when a connected calendar cannot be read, when their openings are withdrawn because of it, and when it is back.</summary>
public sealed class TellOfCalendar(NotificationsDb db, TimeProvider clock) : IConsumer<CalendarFailed>, IConsumer<CalendarRecovered>
{
    public Task Consume(ConsumeContext<CalendarFailed> context)
    {
        var kind = context.Message switch
        {
            { OpeningsWithdrawn: true } => MessageKind.OpeningsWithdrawn,
            { NeverRead: true } => MessageKind.CalendarNeverRead,
            _ => MessageKind.CalendarFailed,
        };
        return Queue(kind, context.Message.PractitionerId, context.Message.CalendarId, context.Message.Since, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<CalendarRecovered> context) =>
        Queue(MessageKind.CalendarRecovered, context.Message.PractitionerId, context.Message.CalendarId, context.Message.Since, context.CancellationToken);

    private Task Queue(MessageKind kind, Guid practitionerId, Guid calendarId, DateTimeOffset since, CancellationToken ct) =>
        db.Queue(Message.OfCalendar(kind, practitionerId, calendarId, since, clock.GetUtcNow()), ct);
}

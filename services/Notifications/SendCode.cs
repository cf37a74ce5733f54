using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>Somebody asked to prove that an address is theirs; the mail fetches its code when it is composed.</summary>
public sealed class SendCode(NotificationsDb db, TimeProvider clock) : IConsumer<SignInCodeAsked>
{
    public Task Consume(ConsumeContext<SignInCodeAsked> context)
    {
        var (kind, life) = context.Message.Purpose switch
        {
            "confirm" => (MessageKind.ConfirmAddress, TimeSpan.FromHours(24)),
            "reset" => (MessageKind.ResetPassword, TimeSpan.FromHours(1)),
            "known" => (MessageKind.AlreadyRegistered, TimeSpan.FromHours(24)),
            var purpose => throw new NotSupportedException($"No mail is known for the purpose '{purpose}'."),
        };
        return db.Queue(Message.Code(context.Message, kind, life, clock.GetUtcNow()), context.CancellationToken);
    }
}

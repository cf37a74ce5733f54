using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Notifications;

/// <summary>What was said to an account goes with it.</summary>
public sealed class ForgetErasedAccount(NotificationsDb db) : IConsumer<AccountErased>
{
    public Task Consume(ConsumeContext<AccountErased> context) =>
        db.Messages.Where(m => m.AccountId == context.Message.AccountId).ExecuteDeleteAsync(context.CancellationToken);
}

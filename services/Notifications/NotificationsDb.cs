using Microsoft.EntityFrameworkCore;
using Platform;

namespace Notifications;

/// <summary>What was, or is to be, said to whom.</summary>
public sealed class NotificationsDb(DbContextOptions<NotificationsDb> options) : DbContext(options)
{
    public DbSet<Message> Messages => Set<Message>();

    /// <summary>Queues a message unless it has been queued before: a fact that comes twice is told once.</summary>
    public async Task Queue(Message message, CancellationToken ct)
    {
        if (!await Messages.AnyAsync(m => m.Key == message.Key, ct))
            Messages.Add(message);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UsePlatform();
}

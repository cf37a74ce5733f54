using Platform;

namespace Bookings.Waitlist;

/// <summary>An entry as whoever waits sees it.</summary>
/// <param name="Until">From then on nobody looks any more; of an answered entry, when it goes.</param>
public sealed record WaitlistView(Guid Id, WaitlistStatus Status, string? Search, Guid? PractitionerId, Guid? ServiceId, DateTimeOffset JoinedAt, DateTimeOffset Until, DateTimeOffset? AnsweredAt)
{
    public static WaitlistView Of(WaitlistEntry entry, SecretBox box)
    {
        var wish = Wish.Open(entry.Wish, box);
        return new(entry.Id, entry.Status, wish.Search, wish.PractitionerId, wish.ServiceId, entry.JoinedAt, entry.Until, entry.AnsweredAt);
    }
}

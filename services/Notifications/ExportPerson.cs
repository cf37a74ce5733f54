using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Notifications;

/// <summary>What Notifications adds when a person exports their data: which mails were written to them. What a mail said is gone once it has left.</summary>
public static class ExportPerson
{
    /// <param name="BookingIds">The visits that they booked themselves.</param>
    /// <param name="WaitlistEntryIds">What they wait for.</param>
    public sealed record Request(Guid AccountId, string Email, Guid? PractitionerId, IReadOnlyList<Guid> BookingIds, IReadOnlyList<Guid> WaitlistEntryIds);

    public sealed record Item(MessageKind Kind, string Channel, Guid? BookingId, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, MessageState State);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/export", Handle);

    public static async Task<Ok<List<Item>>> Handle(Request person, NotificationsDb db, CancellationToken ct) => TypedResults.Ok(
        await db.Messages
            .Where(m => m.AccountId == person.AccountId
                || (m.Recipient == Reader.Practitioner && m.PractitionerId != null && m.PractitionerId == person.PractitionerId)
                || (m.Recipient == Reader.Client && m.BookingId != null && person.BookingIds.Contains(m.BookingId.Value))
                || (m.WaitlistEntryId != null && person.WaitlistEntryIds.Contains(m.WaitlistEntryId.Value)))
            .OrderBy(m => m.Id)
            .Select(m => new Item(m.Kind, m.Channel, m.BookingId, m.CreatedAt, m.SentAt, m.State))
            .ToListAsync(ct));
}

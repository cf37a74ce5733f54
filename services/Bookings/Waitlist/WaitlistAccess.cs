using Bookings.Reading;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Waitlist;

/// <summary>Whose an entry is: whoever has its token, or is signed in with the account or the address it was made with. To anybody else it is not there.</summary>
public static class WaitlistAccess
{
    private const string TokenPurpose = "waitlist";

    public static string ToWaitlist(this LinkTokens tokens, Guid id) => tokens.Make(TokenPurpose, id, 0);

    /// <summary>Null when there is none, or it is somebody else's.</summary>
    public static async Task<WaitlistEntry?> WaitlistEntryOf(this BookingsDb db, HttpContext http, LinkTokens tokens, Guid id, CancellationToken ct) =>
        await db.Waitlist.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is { } entry && IsOf(entry, http, tokens) ? entry : null;

    private static bool IsOf(WaitlistEntry entry, HttpContext http, LinkTokens tokens) =>
        tokens.Fits(http.Request.Headers[Access.TokenHeader], TokenPurpose, entry.Id, 0)
        || (CurrentUser.From(http) is { } user && (user.Id == entry.AccountId || string.Equals(user.Email, entry.Email, StringComparison.OrdinalIgnoreCase)));
}

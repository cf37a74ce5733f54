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
    /// <exception cref="BadHttpRequestException">401: the caller's bearer token has run out, or is not one of ours.</exception>
    public static async Task<WaitlistEntry?> WaitlistEntryOf(this BookingsDb db, HttpContext http, LinkTokens tokens, Guid id, CancellationToken ct)
    {
        var entry = await db.Waitlist.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);
        if (entry is not null && tokens.Fits(http.Request.Headers[Access.TokenHeader], TokenPurpose, entry.Id, 0))
            return entry;
        return await CurrentUser.BindAsync(http) is { } user && (user.Id == entry?.AccountId || string.Equals(user.Email, entry?.Email, StringComparison.OrdinalIgnoreCase)) ? entry : null;
    }
}

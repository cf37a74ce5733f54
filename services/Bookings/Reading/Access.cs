using Platform;

namespace Bookings.Reading;

/// <summary>As whom a caller sees a booking: as its client (by manage token or account), as its practitioner, or not at all, which is a 404.</summary>
public static class Access
{
    public const string TokenHeader = "X-Manage-Token";
    public const string TokenPurpose = "manage";

    /// <param name="booking">Null when there is none of that id: whoever brings a token that has run out hears the same of it.</param>
    /// <param name="token">A token that came otherwise than in the header, as calendar programs send it.</param>
    /// <exception cref="BadHttpRequestException">401: the caller's bearer token has run out, or is not one of ours.</exception>
    public static async Task<Party?> PartyOf(HttpContext http, Booking? booking, LinkTokens tokens, string? token = null)
    {
        var sent = http.Request.Headers[TokenHeader] is [{ } header] ? header : token;
        if (booking is not null && tokens.Fits(sent, TokenPurpose, booking.Id, booking.ManageVersion))
            return Party.Client;
        if (await CurrentUser.BindAsync(http) is not { } user || booking is null)
            return null;
        if (user.PractitionerId == booking.PractitionerId)
            return Party.Practitioner;
        return booking.IsOf(user) ? Party.Client : null;
    }

    /// <summary>The bookings of a client: made by the account, or by a guest with the address that is confirmed as the account's.</summary>
    public static IQueryable<Booking> BookedBy(this IQueryable<Booking> bookings, Guid accountId, string email)
    {
        // Stored in lower case.
        var address = email.ToLowerInvariant();
        return bookings.Where(b => b.ClientAccountId == accountId || b.ClientEmail == address);
    }

    /// <summary>The same of one booking.</summary>
    public static bool IsOf(this Booking booking, CurrentUser user) =>
        user.Id == booking.ClientAccountId || (booking.ClientEmail.Length > 0 && string.Equals(user.Email, booking.ClientEmail, StringComparison.OrdinalIgnoreCase));
}

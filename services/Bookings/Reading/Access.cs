using Platform;

namespace Bookings.Reading;

/// <summary>Whose booking it is for the caller: of its client (by manage token or account), of its practitioner, or nobody's business, which is a 404.</summary>
public static class Access
{
    public const string TokenHeader = "X-Manage-Token";
    public const string TokenPurpose = "manage";

    /// <param name="token">A token that came by other ways than the header, as a calendar program sends it.</param>
    public static Party? PartyOf(HttpContext http, Booking booking, LinkTokens tokens, string? token = null)
    {
        var sent = http.Request.Headers[TokenHeader] is [{ } header] ? header : token;
        if (tokens.Fits(sent, TokenPurpose, booking.Id, booking.ManageVersion))
            return Party.Client;
        if (CurrentUser.From(http) is not { } user)
            return null;
        if (user.PractitionerId == booking.PractitionerId)
            return Party.Practitioner;
        return booking.IsOf(user) ? Party.Client : null;
    }

    /// <summary>The account that booked, or one whose confirmed e-mail address the booking was made with.</summary>
    public static bool IsOf(this Booking booking, CurrentUser user) =>
        user.Id == booking.ClientAccountId || (booking.ClientEmail.Length > 0 && string.Equals(user.Email, booking.ClientEmail, StringComparison.OrdinalIgnoreCase));
}

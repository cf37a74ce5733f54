using Web.Pages.Search;

namespace Web.Pages.Waitlist;

/// <summary>The form by which somebody asks to be told.</summary>
/// <param name="Search">What the directory was asked, when whoever fits is waited for.</param>
/// <param name="Press">One per shown form, so that pressing twice is waiting once.</param>
/// <param name="Email">Of whoever is signed in.</param>
public sealed record WaitForm(string? Search, Guid? PractitionerId, Guid? ServiceId, Guid Press, string? Email)
{
    public static WaitForm ForSearch(Wanted wanted, HttpContext http) => new(wanted.Sought, null, null, Guid.CreateVersion7(), EmailOf(http));

    public static WaitForm ForTimes(Guid practitioner, Guid service, HttpContext http) => new(null, practitioner, service, Guid.CreateVersion7(), EmailOf(http));

    private static string? EmailOf(HttpContext http) => http.User.FindFirst("email")?.Value;
}

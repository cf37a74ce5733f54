using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Platform;
using Web.Journeys;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Booking;

/// <summary>Who books, so that the confirmation finds them; and the child's name and age, or the address of a home visit, where needed.</summary>
public sealed class DetailsModel(JourneyCookie journeys, ListingsClient listings, TimeProvider clock) : JourneyStep(journeys, listings, clock)
{
    [BindProperty] public string? Name { get; set; }

    [BindProperty] public string? Email { get; set; }

    [BindProperty] public string? Phone { get; set; }

    [BindProperty] public string? ChildName { get; set; }

    [BindProperty] public string? BirthMonth { get; set; }

    [BindProperty] public string? BirthYear { get; set; }

    [BindProperty] public bool Guardian { get; set; }

    [BindProperty] public string? Street { get; set; }

    [BindProperty] public string? Town { get; set; }

    [BindProperty] public string? PostalCode { get; set; }

    public override string Back => "/book/touch";

    public bool ForChild => Visitors.IsChild(Journey.For);

    public void OnGet()
    {
        (Name, Email, Phone) = (Journey.Name ?? User.Identity?.Name, Journey.Email ?? User.FindFirst("email")?.Value, Journey.Phone);
        (ChildName, Street, Town, PostalCode) = (Journey.ChildName, Journey.Street, Journey.Town, Journey.PostalCode);
        Guardian = Journey.ChildBirthMonth is not null;
        if (Journey.ChildBirthMonth?.Split('-') is [var year, var month])
            (BirthYear, BirthMonth) = (year, month);
    }

    public IActionResult OnPost()
    {
        Require(nameof(Name), Name, 120, "Please enter your name.");
        if (!EmailAddress.IsOnTheInternet(Email?.Trim()))
            ModelState.AddModelError(nameof(Email), "Please enter an email address, as in name@example.org.");
        var phone = string.IsNullOrWhiteSpace(Phone) ? null : PhoneNumber.Read(Phone, Place.Country);
        if (phone is null && !string.IsNullOrWhiteSpace(Phone))
            ModelState.AddModelError(nameof(Phone), "This is not a whole phone number. From another country, please start with + and its code, as in +1 303 555 0123.");

        string? born = null;
        if (ForChild)
        {
            Require(nameof(ChildName), ChildName, 80, "Please enter your child’s first name.");
            if (int.TryParse(BirthMonth, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12
                && int.TryParse(BirthYear, CultureInfo.InvariantCulture, out var year) && year > Now.Year - 19 && new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Utc) <= Now.UtcDateTime)
                born = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");
            else
                ModelState.AddModelError(nameof(BirthMonth), "Please enter the month and year of birth, as in 4 and 2024.");
            if (!Guardian)
                ModelState.AddModelError(nameof(Guardian), "A parent or guardian has to agree to the visit.");
        }
        if (AtHome)
        {
            Require(nameof(Street), Street, 200, "Please enter the street and house number.");
            Require(nameof(Town), Town, 120, "Please enter the town.");
        }
        if (!ModelState.IsValid)
            return Page();

        return GoOn(Journey with
        {
            Name = Name!.Trim(),
            Email = Email!.Trim(),
            Phone = phone,
            ChildName = ForChild ? ChildName!.Trim() : null,
            ChildBirthMonth = born,
            Street = AtHome ? Street!.Trim() : null,
            Town = AtHome ? Town!.Trim() : null,
            PostalCode = AtHome && !string.IsNullOrWhiteSpace(PostalCode) ? PostalCode.Trim() : null,
        });
    }

    private void Require(string field, string? value, int longest, string message)
    {
        if (string.IsNullOrWhiteSpace(value))
            ModelState.AddModelError(field, message);
        else if (value.Trim().Length > longest)
            ModelState.AddModelError(field, $"Please use at most {longest} characters.");
    }
}

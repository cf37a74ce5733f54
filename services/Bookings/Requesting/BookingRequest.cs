using System.Globalization;
using System.Text.RegularExpressions;
using Platform;

namespace Bookings.Requesting;

/// <summary>A request for a booking, as it is sent.</summary>
public sealed record BookingRequest(
    Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start, ClientDetails Client, Visitor Visitor, bool AcceptPolicies,
    SafetyAnswer? Safety = null, string? HoldToken = null, string[]? Touch = null, string? Note = null, VisitAddress? VisitAddress = null)
{
    private const int AdultMonths = 18 * 12;

    /// <summary>What can be seen to be wrong without asking anybody.</summary>
    public Check Check()
    {
        var check = new Check();
        Client.Check(check);
        check.Text("holdToken", HoldToken, 200, optional: true);
        check.Text("note", Note, 2000, lines: true, optional: true);
        check.That("touch", Touch is null || Touch.All(TouchPreferences.Codes.Contains), $"These can be chosen: {string.Join(", ", TouchPreferences.Codes)}.");
        check.That("touch", Touch is null || Touch.Distinct().Count() == Touch.Length, "Each once, please.");
        check.Text("safety.version", Safety?.Version, 40, optional: Safety is null);
        CheckVisitor(check);
        VisitAddress?.Check(check);
        return check;
    }

    /// <summary>What is wrong with it for this visit: who it is for, and where.</summary>
    public Check CheckAgainst(Offering offering)
    {
        var check = new Check();
        var (youngest, oldest) = (offering.Service.ForWhom?.MinAgeMonths ?? 0, offering.Service.ForWhom?.MaxAgeMonths ?? int.MaxValue);
        if (Visitor is { Relation: Relation.Child, BirthMonth: { } birth } && TryMonth(birth, out var born))
        {
            var visit = Zones.ToLocal(Start, offering.Location.TimeZone);
            // Only the month of birth is known, so on the day of the visit the child is of one of two ages.
            var age = ((visit.Year - born.Year) * 12) + visit.Month - born.Month;
            check.That("visitor.birthMonth", age >= 0, "This month comes after the visit.");
            check.That("visitor.birthMonth", age - 1 < AdultMonths, "Somebody of eighteen or more books as self, or is booked as other.");
            check.That("visitor.birthMonth", age >= youngest && Math.Max(0, age - 1) <= oldest, "This visit is for another age.");
        }
        else if (Visitor.Relation is Relation.Self)
        {
            check.That("visitor.relation", oldest >= AdultMonths, "This visit is for children.");
        }
        if (offering.Location.IsHomeVisit)
            check.That("visitAddress", VisitAddress is not null, "For a visit at home the practitioner needs the address.");
        return check;
    }

    /// <summary>Which list of the safety screen its answer was about.</summary>
    public string SafetyList(DateTimeOffset now) => Visitor switch
    {
        { Relation: Relation.Child, BirthMonth: { } birth } when TryMonth(birth, out var born) && born > DateOnly.FromDateTime(now.UtcDateTime).AddMonths(-13) => "infant",
        { Relation: Relation.Child } => "child",
        _ => "adult",
    };

    public BookingClient ClientOf(CurrentUser? user) => Client.Of(user?.Id);

    public Entrusted Entrusted(Offering offering) => new(
        Touch ?? [],
        string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(),
        Visitor.Relation is Relation.Self || string.IsNullOrWhiteSpace(Visitor.FirstName) ? null : Visitor.FirstName.Trim(),
        Visitor.Relation is Relation.Child ? Visitor.BirthMonth : null,
        // Kept only where it is needed.
        offering.Location.IsHomeVisit ? VisitAddress : null);

    private void CheckVisitor(Check check)
    {
        var child = Visitor.Relation is Relation.Child;
        check.Text("visitor.firstName", Visitor.FirstName, 80, optional: !child);
        if (!child)
            return;
        check.That("visitor.birthMonth", TryMonth(Visitor.BirthMonth, out _), "Year and month, as in 2025-03.");
        check.That("visitor.guardianConsent", Visitor.GuardianConsent is true, "A parent or guardian has to agree.");
    }

    private static bool TryMonth(string? text, out DateOnly month) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out month) && month.Year >= 1900;
}

/// <param name="Phone">With the country's number in front, as in +1 303 555 0123.</param>
/// <param name="TimeZone">IANA name; mails speak of times in it.</param>
public sealed partial record ClientDetails(string Name, string Email, string TimeZone, string? Phone = null)
{
    internal void Check(Check check)
    {
        check.Text("client.name", Name, 120);
        check.Email("client.email", Email);
        check.That("client.phone", Phone is null || InternationalNumber().IsMatch(Digits(Phone)), "Start with + and the country, as in +1 303 555 0123.");
        check.Zone("client.timeZone", TimeZone);
    }

    /// <param name="accountId">Null for a guest.</param>
    internal BookingClient Of(Guid? accountId) => new(accountId, Name.Trim(), Email.ToLowerInvariant(), Phone is null ? null : Digits(Phone), TimeZone);

    private static string Digits(string phone) => Separators().Replace(phone, "");

    [GeneratedRegex(@"[ ().\-\u00a0]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex InternationalNumber();
}

/// <summary>Who will lie on the table.</summary>
/// <param name="BirthMonth"><c>YYYY-MM</c>, of a child.</param>
public sealed record Visitor(Relation Relation, string? FirstName = null, string? BirthMonth = null, bool? GuardianConsent = null);

/// <summary>The answer to the safety screen; of it only the version and the instant are kept.</summary>
public sealed record SafetyAnswer(string Version, bool NoneApply);

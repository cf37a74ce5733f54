using System.Text.RegularExpressions;
using Platform;

namespace Listings.Desk;

/// <summary>Whether trainings and licences are ones that exist, or are named in words of one's own.</summary>
internal static partial class TrainingCheck
{
    private const string Other = "other";

    public static void Of(Check check, Listing listing, DateOnly today)
    {
        for (var i = 0; i < listing.Trainings.Count; i++)
            Training(check, $"trainings[{i}]", listing.Trainings[i], today);

        if (!check.Each("licences", listing.Licences, 10))
            return;
        for (var i = 0; i < listing.Licences.Count; i++)
        {
            var (path, licence) = ($"licences[{i}]", listing.Licences[i]);
            check.That($"{path}.code", Taxonomy.Current.Licences.Any(l => l.Code == licence.Code), "This is not one of the codes in the taxonomy.");
            check.That($"{path}.jurisdiction", Jurisdiction().IsMatch(licence.Jurisdiction), "A country or state is needed, as in US-CO or GB.");
            check.Text($"{path}.number", licence.Number, 40);
        }
    }

    private static void Training(Check check, string path, Training training, DateOnly today)
    {
        check.That($"{path}.from", training.From.Year >= 1940 && training.From <= today, "A day in the past is needed.");
        check.That($"{path}.to", training.To is null || training.To >= training.From, "It ends before it begins.");
        if (training.Hours is { } hours)
            check.Between($"{path}.hours", hours, 1, 10_000);
        if (!check.That($"{path}.issuer", Taxonomy.Current.IsIssuer(training.Issuer), "This is not one of the issuers in the taxonomy."))
            return;

        if (training.Issuer == Other)
        {
            check.Text($"{path}.credential", training.Credential, 120);
            check.That($"{path}.level", training.Level is null, "Levels belong to the issuers in the taxonomy.");
            return;
        }
        var held = training.Level is null ? null : Taxonomy.Current.FindLevel(training.Level);
        if (check.That($"{path}.level", held is not null && held.Issuer.Code == training.Issuer, "This is not a level of this issuer."))
            check.That($"{path}.credential", training.Credential is null || IsNamed(training.Credential, held!.Credential), "This credential has no such level.");
    }

    private static bool IsNamed(string given, Credential credential) =>
        given == credential.Code || given == credential.Name || credential.Code.EndsWith($":{given}", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Z]{2}(-[A-Z0-9]{1,3})?\z")]
    private static partial Regex Jurisdiction();
}

using Web.Peers;

namespace Web.Wording;

/// <summary>Trainings and what is known of them, in words that claim no more than that.</summary>
public static class Trained
{
    /// <summary><c>CST-T, Upledger Institute International</c>.</summary>
    public static string Mark(Taxonomy words, string? level, string? issuer) =>
        level is null ? (issuer is null ? "" : words.IssuerName(issuer)) : $"{words.MarkName(level)}, {words.IssuerName(level.Split(':')[0])}";

    /// <summary>A training by its mark, or in the practitioner's words where nobody issues it.</summary>
    public static string Name(Taxonomy words, Training training) =>
        training.Level is not null ? Mark(words, training.Level, training.Issuer)
        : training.Issuer == "other" ? training.Credential ?? ""
        : Say.List(new[] { training.Credential is { } code ? words.MarkName(code) : "", words.IssuerName(training.Issuer) }.Where(n => n.Length > 0));

    /// <summary>How well it is evidenced, and until when.</summary>
    public static string Proof(Taxonomy words, string? evidence, string? issuer, DateOnly? until)
    {
        if (!IsEvidenced(evidence))
            return until is { } end ? $"They say so themselves: valid until {Say.Date(end)}" : "They say so themselves";
        var proof = evidence == "documentSeen" ? "We have seen the document" : issuer is null ? "Confirmed by the issuer" : $"Confirmed by {words.IssuerName(issuer)}";
        return until is { } last ? $"{proof}, valid to {Say.Date(last)}" : proof;
    }

    public static bool IsEvidenced(string? evidence) => evidence is "confirmedByIssuer" or "documentSeen";

    public static string Touch(string? approach) => approach switch
    {
        "biomechanical" => "Directed: the hands follow a plan",
        "biodynamic" => "Receptive: the hands wait and listen",
        "integrated" => "Both directed and receptive",
        _ => "",
    };

    public static string Format(string format) => format switch
    {
        "inPerson" => "At the practice",
        "homeVisit" => "At your home",
        "online" => "Online talk",
        _ => format,
    };
}

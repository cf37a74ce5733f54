using System.Text;

namespace Listings.Places;

/// <summary>
/// One plain form for all the ways a name is typed: small letters without marks, words parted by one space. Names are stored in this form
/// and asked for in it. Written out here because the process runs without ICU, which <see cref="string.Normalize()"/> would need.
/// </summary>
public static class Spelling
{
    private static readonly (string Plain, string Marked)[] Families =
    [
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"), ("ae", "æǣǽ"), ("b", "ḃḅḇ"), ("c", "çćĉċčḉ"), ("d", "ďđðḋḍḏḑḓ"), ("e", "èéêëēĕėęěȅȇȩəḕḗḙḛḝẹẻẽếềểễệ"),
        ("f", "ḟ"), ("g", "ĝğġģǧǵḡ"), ("h", "ĥħȟḣḥḧḩḫẖ"), ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"), ("j", "ĵǰ"), ("k", "ķǩḱḳḵ"), ("l", "ĺļľłḷḹḻḽ"), ("m", "ḿṁṃ"),
        ("n", "ñńņňŋǹṅṇṉṋ"), ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"), ("oe", "œ"), ("p", "ṕṗ"), ("r", "ŕŗřȑȓṙṛṝṟ"), ("s", "śŝşšșṡṣṥṧṩ"), ("ss", "ß"),
        ("t", "ţťțŧṫṭṯṱẗ"), ("th", "þ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"), ("v", "ṽṿ"), ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍ"), ("y", "ýÿŷȳẏẙỳỵỷỹ"), ("z", "źżžẑẓẕ"),
    ];

    private static readonly Dictionary<char, string> Letters =
        Families.SelectMany(f => f.Marked.Select(c => (c, f.Plain))).ToDictionary(pair => pair.c, pair => pair.Plain);

    /// <summary>"Zürich" and "ZURICH" are <c>zurich</c>; "Coeur d'Alene" is <c>coeur dalene</c>; "Saint-Denis" is <c>saint denis</c>.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower))
                plain.Append(lower);
            else if (Letters.TryGetValue(lower, out var letters))
                plain.Append(letters);
            else if (c is '\'' or '’' or '‘' or 'ʻ' or '`' or '´' or 'ʼ' or (>= '\u0300' and <= '\u036f'))
                continue;
            else if (char.IsLetterOrDigit(lower) || char.IsSurrogate(lower) || char.GetUnicodeCategory(lower) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)
                plain.Append(lower);
            else if (plain.Length > 0 && plain[^1] != ' ')
                plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>For addresses: <c>coeur-dalene</c>. Empty for a name in letters other than Latin ones.</summary>
    public static string Slug(string text) =>
        string.Join('-', string.Concat(Plain(text).Where(c => char.IsAsciiLetterOrDigit(c) || c == ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

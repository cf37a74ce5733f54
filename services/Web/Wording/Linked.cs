using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Web.Wording;

/// <summary>Plain text in which addresses can be followed.</summary>
public static partial class Linked
{
    public static IHtmlContent Text(string? text)
    {
        var html = new HtmlContentBuilder();
        var at = 0;
        foreach (Match match in Address().Matches(text ?? ""))
        {
            html.Append(text![at..match.Index]);
            var address = HtmlEncoder.Default.Encode(match.Value);
            html.AppendHtml($"<a href=\"{address}\">{address}</a>");
            at = match.Index + match.Length;
        }
        return html.Append((text ?? "")[at..]);
    }

    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;)]")]
    private static partial Regex Address();
}

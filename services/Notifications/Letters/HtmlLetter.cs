using System.Net;
using System.Text;

namespace Notifications.Letters;

/// <summary>
/// A letter as a small HTML page: one column, real headings and a description list, no pictures, nothing fetched from elsewhere. Colours
/// stand inline for readers that drop style sheets, and again by class for the night.
/// </summary>
public static class HtmlLetter
{
    private const string Style = """
        @media (prefers-color-scheme: dark) {
        .room { background: #12191E !important; }
        .sheet { background: #1B252B !important; border-color: #A9B4B8 !important; }
        .ink { color: #E8E5DE !important; }
        .muted { color: #A9B4B8 !important; }
        .link { color: #8CCBD3 !important; }
        .step { background: #8CCBD3 !important; color: #0F1A1F !important; }
        }
        """;

    public static string Write(Letter letter, string siteName, Uri site)
    {
        var html = new StringBuilder($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{Text(letter.Subject)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body class="room" style="margin:0;padding:24px 12px;background:#F5F3EE;font-family:'Atkinson Hyperlegible Next',Verdana,sans-serif;font-size:18px;line-height:28px">
            <div class="sheet" role="article" aria-labelledby="subject" style="max-width:560px;margin:0 auto;padding:24px;background:#FFFFFF;border:1px solid #7C888D;border-radius:12px">
            <h1 id="subject" class="ink" style="margin:0 0 16px;font-size:26px;line-height:34px;font-weight:400;color:#22303A">{Text(letter.Subject)}</h1>

            """);
        foreach (var part in letter.Parts)
            Append(html, part);
        return html.Append($"""
            </div>
            <p class="muted" style="max-width:560px;margin:16px auto 0;padding:0 24px;font-size:16px;line-height:24px;color:#55636B">{Text(siteName)}, <a class="link" href="{Text(site.AbsoluteUri)}" style="color:#1E5B66">{Text(site.Host)}</a></p>
            </body>
            </html>

            """).ToString();
    }

    private static void Append(StringBuilder html, LetterPart part)
    {
        switch (part)
        {
            case Words words:
                html.Append($"<p class=\"ink\" style=\"margin:0 0 16px;color:#22303A\">{Text(words.Text)}</p>\n");
                break;
            case Facts facts:
                html.Append("<dl style=\"margin:0 0 16px\">\n");
                foreach (var fact in facts.List)
                {
                    html.Append($"<dt class=\"muted\" style=\"margin:0;font-size:16px;line-height:24px;color:#55636B\">{Text(fact.Name)}</dt>\n");
                    html.Append($"<dd class=\"ink\" style=\"margin:0 0 12px;color:#22303A\">{Text(fact.Text)}</dd>\n");
                }

                html.Append("</dl>\n");
                break;
            case Step step:
                html.Append($"<p style=\"margin:24px 0\"><a class=\"step\" href=\"{Text(step.Address.AbsoluteUri)}\" style=\"display:inline-block;padding:10px 20px;background:#1E5B66;color:#FFFFFF;border-radius:12px;text-decoration:none\">{Text(step.Label)}</a></p>\n");
                break;
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);
}

using System.Net;

namespace StripeSandbox;

/// <summary>The frame of a hosted page: plain, without scripts, and saying that it is no real Stripe.</summary>
internal static class Page
{
    private const string Style = """
        :root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; --ink: #1d2430; --paper: #fff; --accent: #4338ca; --on: #fff; --bad: #b42318; --quiet: #515b6b }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8eaf0; --paper: #14171f; --accent: #b4b0ff; --on: #14171f; --bad: #ff9c92; --quiet: #b3bac7 } }
        body { margin: 0; color: var(--ink); background: var(--paper) }
        header, main { max-width: 30rem; margin: 0 auto; padding: 1rem }
        header { border-block-end: 1px solid var(--quiet); font-weight: 600 }
        a { color: var(--accent) }
        label { font-weight: 600 }
        .hint { margin: 0; color: var(--quiet); font-size: 1rem }
        input { box-sizing: border-box; inline-size: 100%; min-block-size: 3rem; margin-block: .5rem 1rem; padding: .5rem; font: inherit; color: inherit; background: transparent; border: 2px solid var(--quiet); border-radius: .375rem }
        button { min-block-size: 3rem; margin-inline-end: .5rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; color: var(--on); background: var(--accent); border: 2px solid var(--accent); border-radius: .375rem; cursor: pointer }
        button.quiet { color: var(--accent); background: transparent }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
        .problem { border-inline-start: .375rem solid var(--bad); padding-inline-start: 1rem; color: var(--bad) }
        .problem a { color: inherit }
        """;

    private static readonly string StyleHash =
        Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Style)));

    /// <param name="goesOnTo">Where the page's form may lead; browsers hold redirects after a form to its policy too.</param>
    public static Task Write(HttpContext http, int status, string title, string main, string? goesOnTo = null)
    {
        var origin = goesOnTo is not null && Uri.TryCreate(goesOnTo, UriKind.Absolute, out var uri) ? " " + uri.GetLeftPart(UriPartial.Authority) : "";
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action 'self'{origin}; base-uri 'none'; frame-ancestors 'none'";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{WebUtility.HtmlEncode(title)} · payment sandbox</title>
            <style>{Style}</style>
            </head>
            <body>
            <header>Payment sandbox: no real money moves here</header>
            <main>
            {main}
            </main>
            </body>
            </html>
            """);
    }

    public static Task Redirect(HttpContext http, string to)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}

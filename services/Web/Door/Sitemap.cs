using System.Globalization;
using System.Text;
using System.Xml;
using Web.Peers;

namespace Web.Door;

/// <summary>What search engines may find: the plain pages, the towns with what people there have experience with, and the people. No file holds more than 50,000.</summary>
internal static class Sitemap
{
    private const int Most = 50_000;
    private const string Format = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public static void MapSitemap(this WebApplication app)
    {
        app.MapGet("/sitemap.xml", async (LandingClient landing, WebOptions options, HttpContext http, CancellationToken ct) =>
        {
            var parts = new List<string> { "/sitemaps/pages.xml", "/sitemaps/places.xml" };
            parts.AddRange((await landing.PageStarts(Most, ct)).Select(after => $"/sitemaps/places.xml?after={Uri.EscapeDataString(after)}"));
            parts.AddRange((await landing.PeopleStarts(Most, ct)).Select(after => $"/sitemaps/people.xml?after={after}"));
            return Write(http, "sitemapindex", "sitemap", parts.Select(path => (new Uri(options.PublicUrl, path), (DateTimeOffset?)null)));
        });
        app.MapGet("/sitemaps/pages.xml", async (LandingClient landing, WebOptions options, HttpContext http, CancellationToken ct) =>
        {
            var topics = await landing.Topics(ct);
            var paths = WithPeople("specialties", topics.Specialties).Concat(WithPeople("lineages", topics.Lineages)).Prepend("/first-visit").Prepend("/");
            return Write(http, "urlset", "url", paths.Select(path => (new Uri(options.PublicUrl, path), (DateTimeOffset?)null)));
        });
        app.MapGet("/sitemaps/places.xml", async (string? after, LandingClient landing, WebOptions options, HttpContext http, CancellationToken ct) =>
            Write(http, "urlset", "url", (await landing.Pages(after, Most, ct)).Select(path => (new Uri(options.PublicUrl, $"/{path}"), (DateTimeOffset?)null))));
        app.MapGet("/sitemaps/people.xml", async (Guid? after, LandingClient landing, WebOptions options, HttpContext http, CancellationToken ct) =>
            Write(http, "urlset", "url", (await landing.People(after ?? Guid.Empty, Most, ct)).Select(person => (new Uri(options.PublicUrl, $"/practitioners/{person.Slug}"), (DateTimeOffset?)person.ChangedAt))));
    }

    private static IEnumerable<string> WithPeople(string folder, IReadOnlyDictionary<string, int> counted) =>
        counted.Where(c => c.Value >= Pages.Landing.TownModel.FewestToList).Select(c => $"/{folder}/{c.Key}");

    private static IResult Write(HttpContext http, string root, string entry, IEnumerable<(Uri Address, DateTimeOffset? ChangedAt)> entries)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new() { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement(root, Format);
            foreach (var (address, changedAt) in entries)
            {
                xml.WriteStartElement(entry);
                xml.WriteElementString("loc", address.AbsoluteUri);
                if (changedAt is { } at)
                    xml.WriteElementString("lastmod", at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return Results.Text($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{text}", "application/xml", Encoding.UTF8);
    }
}

using System.Text.Json.Nodes;
using Web.Peers;

namespace Web.Structured;

/// <summary>Where a page stands in the site, and whom it lists.</summary>
public static class ListThings
{
    /// <param name="steps">From just below the home page to the page itself.</param>
    public static JsonObject Crumbs(Uri site, params (string Name, string Path)[] steps) => Schema.Thing(
        "BreadcrumbList",
        ("itemListElement", Schema.Several(steps.Prepend(("Home", "/")).Select((step, at) => Schema.Thing(
            "ListItem", ("position", at + 1), ("name", step.Item1), ("item", new Uri(site, step.Item2).AbsoluteUri))))));

    /// <summary>Those of one page of a search; how many there are in all where that is known.</summary>
    public static JsonObject People(Uri site, string name, Findings found) => Schema.Thing(
        "ItemList",
        ("name", name),
        ("numberOfItems", found.TotalIsLowerBound ? null : found.Total),
        ("itemListElement", Schema.Several(found.Items.Select((person, at) => Schema.Thing(
            "ListItem", ("position", at + 1), ("name", person.Name), ("url", new Uri(site, $"/practitioners/{person.Slug}").ToString()))))));

    public static JsonObject Site(Uri site, string name) => Schema.Thing(
        "WebSite",
        ("name", name),
        ("url", site.ToString()),
        ("inLanguage", "en"));
}

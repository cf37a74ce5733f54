using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AngleSharp.Dom;
using Xunit;

namespace Web.Tests.Structured;

/// <summary>What pages tell machines, checked by a compiler against the types of schema.org.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task What_pages_say_is_what_schema_org_has_words_for()
    {
        await using var site = await Site.Open();
        var jo = site.Visitor();
        var pages = new List<string>();
        foreach (var address in (string[])["/", "/find?near=Denver", $"/practitioners/{Town.Slug}", "/us/co/denver", "/us/co/denver/tmj", "/lineages/upledger", "/specialties/tmj"])
            pages.Add(Told(await jo.Go(address)));

        foreach (var type in (string[])["HealthAndBeautyBusiness", "Person", "EducationalOccupationalCredential", "Offer", "ReserveAction", "ItemList", "BreadcrumbList"])
            Assert.Contains(pages, page => page.Contains($"\"@type\":\"{type}\"", StringComparison.Ordinal));
        Assert.Equal("", await Compile(pages));
        Assert.Contains("'\"pricee\"' does not exist", await Compile([pages[2].Replace("\"price\":", "\"pricee\":", StringComparison.Ordinal)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_are_told_only_of_training_that_there_is_proof_of_today()
    {
        await using var site = await Site.Open();
        var told = Told(await site.Visitor().Go($"/practitioners/{Town.Slug}"));
        Assert.Contains("\"expires\":\"2027-05-31\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("2030-05-31", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_are_written_whole_and_numbers_only_where_they_are_known()
    {
        await using var site = await Site.Open();
        var jo = site.Visitor();
        Assert.Contains("/find?near=Denver,%20CO,%20US\"", Told(await jo.Go($"/practitioners/{Town.Slug}")), StringComparison.Ordinal);
        Assert.Contains("\"numberOfItems\":42", Told(await jo.Go("/specialties/tmj")), StringComparison.Ordinal);
        site.Town.On("GET /api/v1/practitioners", _ => Microsoft.AspNetCore.Http.Results.Json(new { total = 1000, totalIsLowerBound = true, items = new[] { new { id = Town.Ana, slug = Town.Slug, name = "Ana Reyes" } } }));
        Assert.DoesNotContain("numberOfItems", Told(await jo.Go("/specialties/tmj")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_somebody_wrote_ends_the_element_it_stands_in()
    {
        await using var site = await Site.Open();
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}", _ => Microsoft.AspNetCore.Http.Results.Json(new { id = Town.Ana, slug = Town.Slug, name = "</script><script>alert(1)</script>" }));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}");
        Assert.Single(jo.Page.QuerySelectorAll("script:not([src])"));
        Assert.Equal("</script><script>alert(1)</script>", JsonDocument.Parse(Told(jo)).RootElement.GetProperty("@graph")[1].GetProperty("name").GetString());
    }

    private static string Told(Visitor jo) => jo.Page.QuerySelector("script[type='application/ld+json']")!.TextContent;

    /// <summary>What the compiler says of these pages; nothing when they are right.</summary>
    private static async Task<string> Compile(IEnumerable<string> pages)
    {
        var folder = Path.GetDirectoryName(Here())!;
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            await Run(folder, "npm", "ci", "--ignore-scripts", "--loglevel=error");
        // Beside the types, and out of sight of everything else.
        var written = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "node_modules", ".checked")).FullName, $"{Guid.CreateVersion7():N}.ts");
        await File.WriteAllTextAsync(written, "import type { Graph } from 'schema-dts';\n" + string.Concat(pages.Select((page, at) => $"export const page{at}: Graph = {page};\n")));
        try
        {
            return await Run(folder, "node", "node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext", written);
        }
        finally
        {
            File.Delete(written);
        }
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

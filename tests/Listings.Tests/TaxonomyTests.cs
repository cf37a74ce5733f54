using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Listings.Desk;
using Xunit;

namespace Listings.Tests;

public sealed class TaxonomyTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    private static readonly Taxonomy Words = Taxonomy.Current;

    [Fact]
    public void Codes_are_plain_and_stand_once_in_each_list()
    {
        IEnumerable<IEnumerable<string>> lists =
        [
            Words.Lineages.Select(l => l.Code), Words.Lineages.SelectMany(l => l.Issuers).Select(i => i.Code), Words.Specialties.Select(s => s.Code),
            Words.Populations.Select(t => t.Code), Words.Techniques.Select(t => t.Code), Words.Modalities.Select(t => t.Code), Words.Licences.Select(t => t.Code),
            Words.Associations.Select(t => t.Code), Words.Languages.Select(t => t.Code), Words.AccessFeatures.Select(t => t.Code), Words.Approaches.Select(t => t.Code),
        ];
        foreach (var list in lists.Select(l => l.ToList()))
        {
            Assert.NotEmpty(list);
            Assert.Equal(list.Count, list.Distinct().Count());
            Assert.All(list, code => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", code));
        }
    }

    [Fact]
    public void The_lineages_are_those_of_the_field() => Assert.Equal(
        ["upledger", "biodynamic", "osteopathic-cranial", "visionary", "cst-alliance", "healing-art", "cranio-suisse", "other"], Words.Lineages.Select(l => l.Code));

    [Fact]
    public void Levels_carry_their_issuer_and_include_only_levels_of_the_same()
    {
        foreach (var issuer in Words.Lineages.SelectMany(l => l.Issuers))
        {
            var own = issuer.Credentials.SelectMany(c => c.LevelsOrItself()).ToList();
            Assert.All(own, level => Assert.StartsWith($"{issuer.Code}:", level.Code, StringComparison.Ordinal));
            Assert.All(own.SelectMany(l => l.Includes ?? []), lower => Assert.Contains(own, l => l.Code == lower));
        }
    }

    [Theory]
    [InlineData("upledger:cs1", "upledger:cs1,upledger:cs2,upledger:ser1,upledger:ser2,upledger:adv1,upledger:adv2,upledger:cst-t,upledger:cst-d")]
    [InlineData("upledger:cst-t", "upledger:cst-t,upledger:cst-d")]
    [InlineData("upledger:adv1", "upledger:adv1,upledger:adv2,upledger:cst-d")]
    [InlineData("bcta-na:rcst", "bcta-na:rcst")]
    [InlineData("csta-uk:rcst", "csta-uk:rcst")]
    [InlineData("nobody:nothing", "")]
    public void A_level_is_met_by_itself_and_the_steps_above_it_of_the_same_issuer(string level, string met) =>
        Assert.Equal(met.Split(',', StringSplitOptions.RemoveEmptyEntries), Words.AtLeast(level));

    [Fact]
    public void Parents_exist_and_finding_a_child_never_claims_a_sibling()
    {
        Assert.All(Words.Specialties.Where(s => s.Parent is not null), s => Assert.Contains(Words.Specialties, p => p.Code == s.Parent && p.Parent is null));
        Assert.Equal(
            ["tailbone", "pudendal", "endometriosis", "period-pain", "bladder", "prolapse"],
            Words.Specialties.Where(s => s.Parent == "pelvic-health").Select(s => s.Code));
        Assert.Equal(["pelvic-health", "tailbone", "sleep"], Words.WithParents(["tailbone", "sleep", "pelvic-health"]));
    }

    [Fact]
    public void Each_specialty_has_both_sides_of_the_evidence_and_promises_nothing()
    {
        Assert.All(Words.Specialties.Select(s => s.Evidence).Append(Words.GeneralEvidence), card =>
        {
            Assert.NotEmpty(card.Supporting);
            Assert.NotEmpty(card.Limiting);
            Assert.Matches("^20[0-9]{2}-(0[1-9]|1[0-2])$", card.AsOf);
            Assert.Empty(ClaimsCheck.In(card.Supporting));
        });
        Assert.Equal(Words.Specialties.Count, Words.Specialties.Select(s => s.Evidence.Supporting).Distinct().Count());
    }

    [Fact]
    public async Task Anyone_reads_it_and_hears_that_it_has_not_changed()
    {
        var guest = app.Factory.Guest();
        var address = new Uri("/api/v1/taxonomy", UriKind.Relative);
        var answer = await guest.GetAsync(address);
        var taxonomy = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        foreach (var list in (string[])["lineages", "specialties", "populations", "techniques", "modalities", "licences", "associations", "languages", "accessFeatures", "approaches"])
            Assert.NotEmpty(taxonomy[list]!.AsArray());
        Assert.Contains(
            taxonomy["lineages"]![0]!["issuers"]!.AsArray().SelectMany(i => i!["credentials"]!.AsArray()), c => ((string)c!["code"]!).EndsWith("cst-t", StringComparison.Ordinal));

        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await guest.SendAsync(again)).StatusCode);
    }
}

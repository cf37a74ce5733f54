using Web.Peers;
using Xunit;

namespace Web.Tests.Peers;

public sealed class TaxonomyTests
{
    private readonly Taxonomy taxonomy = new()
    {
        Specialties = [new() { Code = "autism", Name = "Autism", Synonyms = ["ASD"] }, new() { Code = "headache", Name = "Headache", Synonyms = ["head pain"] }, new() { Code = "pelvic-health", Name = "Pelvic health" }],
    };

    [Theory]
    [InlineData("asd", "autism")]
    [InlineData("my ASD child", "autism")]
    [InlineData("headach", "headache")]
    [InlineData(" pain", "headache")]
    [InlineData("health", "pelvic-health")]
    [InlineData("asdfqwer", null)]
    [InlineData("asdf", null)]
    [InlineData("ache", null)]
    [InlineData("he", null)]
    public void Words_mean_a_specialty_by_whole_words_and_beginnings(string typed, string? code) => Assert.Equal(code, taxonomy.Meant(typed)?.Code);
}

using Listings.Words;
using Xunit;

namespace Listings.Tests.Words;

public sealed class WordSearchTests(WordsDatabase database) : WordsTests(database)
{
    [Theory]
    [InlineData("tmj", "TMJ")]
    [InlineData("tmj", "tmj pain")]
    [InlineData("postpartum", "postpartum")]
    [InlineData("infant-colic", "infant colic")]
    [InlineData("plagiocephaly", "plagiocephaly")]
    public async Task A_specialty_is_found_by_what_its_code_says(string specialty, string text)
    {
        var mara = await Write("Mara Lind", specialties: [specialty]);
        await Write("Jon Ode", specialties: ["sleep"]);
        await Finds(text, mara);
    }

    [Theory]
    [InlineData("tailbone pain")]
    [InlineData("coccyx")]
    [InlineData("TAILBONES")]
    [InlineData("pelvic floor")]
    public async Task A_specialty_is_found_by_its_synonyms_and_by_those_of_what_it_is_part_of(string text)
    {
        var mara = await Write("Mara Lind", specialties: ["tailbone"]);
        await Write("Jon Ode", specialties: ["sleep"]);
        await Finds(text, mara);
    }

    [Theory]
    [InlineData("Zoë Müller-Straße")]
    [InlineData("zoe muller")]
    [InlineData("MULLER zoe")]
    [InlineData("Zoe\u0308 Mu\u0308ller")]
    [InlineData("strasse")]
    [InlineData("müllerstrasse")]
    public async Task Marks_and_case_do_not_matter(string text)
    {
        var zoe = await Write("Zoë Müller-Straße");
        await Write("Zora Mill");
        await Finds(text, zoe);
    }

    [Theory]
    [InlineData("en", "gentle massages for headaches", "massage headache")]
    [InlineData("de", "Behandlungen für Säuglinge und Mütter", "Behandlung Säugling Mutter")]
    [InlineData("de", "Behandlungen für Säuglinge", "behandlung sauglingen")]
    [InlineData("fr", "des séances pour l'enfant et les bébés allaités", "séance enfants bébé allaité")]
    [InlineData("fr", "des séances pour les bébés allaités", "seances bebe")]
    [InlineData("es", "sesiones tranquilas para embarazadas", "sesión tranquila embarazada")]
    [InlineData("it", "trattamenti per i neonati", "trattamento neonato")]
    [InlineData("pt", "tratamentos para crianças", "tratamento criança")]
    [InlineData("nl", "behandelingen voor kinderen", "behandeling kinderen")]
    [InlineData("sv", "behandlingar för barnen", "behandling barn")]
    public async Task Endings_of_the_language_do_not_matter(string language, string written, string asked)
    {
        var writer = await Write("Mara Lind", biography: written, languages: [language]);
        await Write("Jon Ode", biography: "Something else.", languages: [language]);
        await Finds(asked, writer);
    }

    [Theory]
    [InlineData("reyes ana")]
    [InlineData("rey")]
    [InlineData("r")]
    [InlineData("reye an")]
    [InlineData("Reyes")]
    public async Task A_name_is_found_by_its_parts_and_their_beginnings(string text)
    {
        var ana = await Write("Ana Reyes");
        await Write("Jon Ode", biography: "A theory of rest.");
        await Finds(text, ana);
    }

    [Fact]
    public async Task Apostrophes_part_and_join()
    {
        var brien = await Write("Orla O’Brien", biography: "Work with Parkinson's, l’ostéopathie d'abord.");
        foreach (var text in (string[])["o'brien", "obrien", "brien", "parkinson", "Parkinson’s", "osteopathie", "l'osteopathie"])
            await Finds(text, brien);
    }

    [Theory]
    [InlineData("tialbone")]
    [InlineData("tailbne")]
    [InlineData("tailbonee")]
    [InlineData("coxcyx")]
    [InlineData("Lindqvisd")]
    [InlineData("lindkvist")]
    [InlineData("tailb")]
    public async Task Errors_of_typing_are_forgiven(string text)
    {
        var mara = await Write("Mara Lindqvist", specialties: ["tailbone"]);
        await Write("Jon Ode", specialties: ["sleep"]);
        await Finds(text, mara);
    }

    [Fact]
    public async Task Words_spelt_alike_are_looked_for_only_when_nobody_has_all_as_typed()
    {
        var anna = await Write("Anna Roth");
        var ana = await Write("Anne Reyes");
        await Finds("anna", anna);
        await Finds("anna reyes", ana);
    }

    [Fact]
    public async Task All_words_must_be_found_except_those_that_every_text_has()
    {
        var mara = await Write("Mara Lind", headline: "Quiet rooms", biography: "Work with the jaw.");
        await Finds("quiet jaw", mara);
        await Finds("help for the jaw");
        await Finds("a quiet room for the jaw", mara);
        await Finds("quiet elephants");
        await Finds("mara elephants");
    }

    [Fact]
    public async Task Frequent_words_still_find_names()
    {
        var mia = await Write("Mia Rossi", languages: ["it"]);
        var other = await Write("Lea Rossi", languages: ["it"], biography: "la mia casa");
        foreach (var text in (string[])["mia", "mia rossi"])
        {
            var found = await Find(text);
            Assert.True(found[mia.Id] < found[other.Id]);
        }
    }

    [Fact]
    public async Task The_name_comes_before_specialty_headline_biography_beginnings_and_words_spelt_alike()
    {
        var name = await Write("Sleep Rossi");
        var specialty = await Write("A B", specialties: ["sleep"]);
        var headline = await Write("A C", headline: "For those who sleep badly");
        var biography = await Write("A D", biography: "Many sleep afterwards.");
        var begun = await Write("Sleeper Jones");
        var found = await Find("sleep");
        Assert.Equal([name.Id, specialty.Id, headline.Id, biography.Id, begun.Id], found.OrderBy(f => f.Value).Select(f => f.Key));
        Assert.Equal(5, found.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("jaw & !quiet | (x <-> y):*")]
    [InlineData("jaw:*AB & 'quiet'")]
    [InlineData("\"jaw\" -quiet")]
    [InlineData("jaw\\ %_ quiet\0")]
    [InlineData("jaw' OR 1=1; --")]
    [InlineData("jaw 🙂 👩‍👩‍👧")]
    [InlineData("j\u200ba\u200dw \u202equiet\u202c")]
    [InlineData("\u00adj\u00adaw")]
    [InlineData("<b>jaw</b>")]
    public async Task Operators_are_text_and_marks_nobody_sees_are_not_there(string text)
    {
        var jaw = await Write("Mara Lind", headline: "Quiet", biography: "jaw x y ab or 1 b");
        Assert.DoesNotContain((await Find(text)).Keys, id => id != jaw.Id);
        await Finds(text.Replace("OR 1=1", "", StringComparison.Ordinal), jaw);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!!! & | ( )")]
    [InlineData("🙂")]
    [InlineData("\u0301\u0301")]
    [InlineData("\u200b\u200d")]
    [InlineData("\ud800")]
    [InlineData("zzzzzzzz")]
    [InlineData("من فضلك")]
    [InlineData("ארץ")]
    public async Task What_is_no_word_or_unknown_finds_nobody(string text)
    {
        await Write("Mara Lind", headline: "Quiet", biography: "jaw");
        await Finds(text);
    }

    [Fact]
    public async Task Other_scripts_are_found()
    {
        var writer = await Write("Νίκος Παππάς", biography: "Краниосакральная терапия для детей", languages: ["ru", "el"]);
        await Finds("терапии детям", writer);
        await Finds("ΝΊΚΟΣ", writer);
    }

    [Fact]
    public async Task Even_ten_thousand_letters_are_answered()
    {
        await Write("Mara Lind", biography: new string('x', 10_000));
        foreach (var text in (string[])[new('x', 10_000), string.Join(' ', Enumerable.Range(0, 3000)), string.Concat(Enumerable.Repeat("é'-", 3000))])
            await Find(text);
    }

    [Fact]
    public async Task Other_words_replace_those_before_and_none_are_left_of_whoever_is_withdrawn()
    {
        var mara = await Write("Mara Lind", biography: "jaw");
        await Write(Somebody("Mara Lindqvist", biography: "neck", id: mara.Id));
        await Finds("jaw");
        await Finds("lindqvist neck", mara);
        // Nobody is called Lind any more, so those who begin so are meant.
        await Finds("lind", mara);

        await WordIndex.Forget(Connection, mara.Id, default);
        await Finds("neck");
        await Write(Somebody("Mara Lindqvist", biography: "neck", id: mara.Id));
        await Finds("neck", mara);
    }

    [Fact]
    public async Task A_word_that_nobody_has_any_more_counts_as_one_that_nobody_has()
    {
        var mara = await Write("Mara Reyez");
        await Write(Somebody("Mara Reyes", id: mara.Id));
        await Finds("reyez", mara);
    }

    [Fact]
    public async Task The_same_words_are_not_written_again()
    {
        var mara = await Write("Mara Lind");
        var before = await Size();
        await Write(mara);
        Assert.Equal(before, await Size());

        Task<long> Size() => Connection.Scalar<long>("SELECT sum(length(few)) FROM search_postings", default);
    }
}

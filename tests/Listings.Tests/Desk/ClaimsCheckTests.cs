using Listings.Desk;
using Xunit;

namespace Listings.Tests.Desk;

public sealed class ClaimsCheckTests
{
    [Theory]
    [InlineData("I cure migraine", "cure", "cure")]
    [InlineData("A curative touch", "cure", "curative")]
    [InlineData("Not a cure, but it works", "cure", "cure")]
    [InlineData("My hands heal", "heal", "heal")]
    [InlineData("HEALING sessions", "heal", "HEALING")]
    [InlineData("self-healing powers", "heal", "healing")]
    [InlineData("A gifted healer", "heal", "healer")]
    [InlineData("Heilung für Kopf und Nacken", "heal", "Heilung")]
    [InlineData("I he\u00adal people", "heal", "heal")]
    [InlineData("She treats endometriosis", "treat", "treats")]
    [InlineData("I treat people with migraine", "treat", "treat")]
    [InlineData("Treating colic since 2010", "treat", "Treating")]
    [InlineData("Treatment for back pain", "treat", "Treatment for")]
    [InlineData("I guarantee it", "guarantee", "guarantee")]
    [InlineData("proven to work", "guarantee", "proven to")]
    [InlineData("A miracle for parents", "miracle", "miracle")]
    [InlineData("There are no side effects", "no-side-effects", "no side effects")]
    [InlineData("It has no side-effects", "no-side-effects", "no side-effects")]
    [InlineData("risk-free for babies", "no-side-effects", "risk-free")]
    [InlineData("You can stop taking your medication", "leave-care", "stop taking your medication")]
    [InlineData("You don’t need a doctor", "leave-care", "don't need a doctor")]
    [InlineData("Try this instead of surgery", "leave-care", "instead of surgery")]
    [InlineData("Your pain gone in 3 sessions", "result-by-number", "gone in 3 sessions")]
    [InlineData("After two visits the headache was gone", "result-by-number", "After two visits the headache was gone")]
    public void What_promises_too_much_is_found_with_its_words(string text, string code, string words)
    {
        var claim = Assert.Single(ClaimsCheck.In(text));
        Assert.Equal((code, words), (claim.Code, claim.Words));
        Assert.NotEmpty(claim.Why);
        Assert.Empty(ClaimsCheck.In(string.Join(' ', claim.Suggestion)));
    }

    [Theory]
    [InlineData("A relaxing, gentle hour that supports your well-being")]
    [InlineData("Clients come to me with migraine, tailbone pain and grief")]
    [InlineData("I have worked with people who have endometriosis")]
    [InlineData("A secure, healthy place; health professionals are welcome")]
    [InlineData("I treat you with respect")]
    [InlineData("Everyone is treated with care")]
    [InlineData("Please do not stop your medication, and keep seeing your doctor")]
    [InlineData("This does not replace medical care")]
    [InlineData("You can pause or stop at any moment.")]
    [InlineData("After three visits we look back together")]
    [InlineData("I trained in A Healing Art with Crafted Touch")]
    [InlineData("The manicure studio is next door")]
    [InlineData("The entrance is beside the treatment rooms")]
    [InlineData("")]
    public void Plain_words_pass(string text) => Assert.Empty(ClaimsCheck.In(text));
}

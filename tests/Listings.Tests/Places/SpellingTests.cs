using Listings.Places;
using Xunit;

namespace Listings.Tests.Places;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("Zürich", "zurich")]
    [InlineData("Zu\u0308rich", "zurich")]
    [InlineData("ŁÓDŹ", "lodz")]
    [InlineData("Coeur d’Alene", "coeur dalene")]
    [InlineData("  Saint-Denis ", "saint denis")]
    [InlineData("St. Paul", "st paul")]
    [InlineData("Straße", "strasse")]
    [InlineData("Ærøskøbing", "aeroskobing")]
    [InlineData("Hồ Chí Minh", "ho chi minh")]
    [InlineData("京都市", "京都市")]
    [InlineData("Київ", "київ")]
    [InlineData("!?", "")]
    public void Ways_of_typing_come_to_one(string typed, string plain) => Assert.Equal(plain, Spelling.Plain(typed));
}

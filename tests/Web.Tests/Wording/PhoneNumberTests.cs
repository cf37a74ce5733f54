using Web.Wording;
using Xunit;

namespace Web.Tests.Wording;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("(303) 555-0123", "US", "+13035550123")]
    [InlineData("1 303 555 0123", "CA", "+13035550123")]
    [InlineData("020 7946 0018", "GB", "+442079460018")]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("612 345 678", "ES", "+34612345678")]
    [InlineData("0049 30 901820", "GB", "+4930901820")]
    [InlineData("011 44 20 7946 0018", "US", "+442079460018")]
    [InlineData("0011 44 20 7946 0018", "AU", "+442079460018")]
    [InlineData("+44 20 7946 0018", "US", "+442079460018")]
    [InlineData("+81 3 1234 5678", null, "+81312345678")]
    public void A_number_is_read_as_it_is_written_at_home_or_abroad(string written, string? country, string read) => Assert.Equal(read, PhoneNumber.Read(written, country));

    [Theory]
    [InlineData("555 0123", "US")]
    [InlineData("1 1 303 555 0123", "US")]
    [InlineData("0044 20 7946 0018", "AU")]
    [InlineData("020 7946 0018", "JP")]
    [InlineData("020 7946 0018", null)]
    [InlineData("+0303", "US")]
    [InlineData("call me", "US")]
    [InlineData("", "GB")]
    public void What_may_be_another_number_is_not_guessed(string written, string? country) => Assert.Null(PhoneNumber.Read(written, country));
}

using Notifications.Mime;
using Xunit;

namespace Notifications.Tests;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("kim@example.org")]
    [InlineData("kim.doe+visits@mail.example.org")]
    [InlineData("o'hara@example.org")]
    [InlineData("visits@localhost")]
    public void Takes_what_people_have(string address)
    {
        Assert.True(Mailbox.TryCreate(null, address, out var mailbox));
        Assert.Equal(address, mailbox.ToString());
    }

    [Fact]
    public void Writes_an_international_domain_as_the_network_does()
    {
        Assert.True(Mailbox.TryCreate(null, "kim@müller.example", out var mailbox));
        Assert.Equal("kim@xn--mller-kva.example", mailbox.Address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kim")]
    [InlineData("@example.org")]
    [InlineData("kim@")]
    [InlineData("kim@example..org")]
    [InlineData("kim@-example.org")]
    [InlineData(".kim@example.org")]
    [InlineData("kim doe@example.org")]
    [InlineData("kim@example.org\r\nRCPT TO:<all@example.org>")]
    [InlineData("kim@example.org>\r\nDATA")]
    [InlineData("kim@example.org, all@example.org")]
    [InlineData("<kim@example.org>")]
    [InlineData("\"kim\r\nBcc: all\"@example.org")]
    [InlineData("kim\u0000@example.org")]
    [InlineData("kím@example.org")]
    public void Refuses_what_could_say_more_than_an_address(string? address) => Assert.False(Mailbox.TryCreate("Kim", address, out _));

    [Fact]
    public void Reads_a_setting()
    {
        var mailbox = Mailbox.Parse("\"Stillpoint visits\" <visits@stillpoint.example>");

        Assert.Equal(("Stillpoint visits", "visits@stillpoint.example"), (mailbox.Name, mailbox.Address));
        Assert.Throws<FormatException>(() => Mailbox.Parse("nobody"));
    }
}

using Xunit;

namespace Web.Tests;

/// <summary>The way to a booking, as far as a test wants to go.</summary>
internal static class Journey
{
    public static string NineAtTheStudio => $"{Town.Nine}|{Town.Studio}";

    /// <param name="visitor">Whom the visit is for.</param>
    public static async Task<Visitor> AtSafety(this Site site, string visitor = "me")
    {
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times");
        await (await jo.Press("Keep this time", ("Time", NineAtTheStudio))).Follow();
        Assert.Equal("Who is the visit for?", jo.Heading);
        await (await jo.Press("Continue", ("For", visitor))).Follow();
        Assert.Equal("Does any of this apply?", jo.Heading);
        return jo;
    }

    public static async Task<Visitor> AtDetails(this Site site) => await (await site.AtSafety()).ToDetails();

    public static async Task<Visitor> AtReview(this Site site) => await (await site.AtSafety()).ToReview();

    /// <summary>From the safety question on; nothing applies.</summary>
    public static async Task<Visitor> ToDetails(this Visitor jo)
    {
        await (await jo.Press("Continue", ("Applies", "no"))).Follow();
        return await (await jo.Press("Continue", ("Touch", "clothed"))).Follow();
    }

    /// <inheritdoc cref="ToDetails"/>
    public static async Task<Visitor> ToReview(this Visitor jo)
    {
        await jo.ToDetails();
        await (await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", "jo@example.org"), ("Phone", "+1 303 555 0123"))).Follow();
        Assert.Equal("Is this right?", jo.Heading);
        return jo;
    }
}

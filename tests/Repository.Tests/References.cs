using System.Xml.Linq;

namespace Repository.Tests;

/// <summary>What each project may lean on.</summary>
internal static class References
{
    public static readonly string[] Services = ["Listings", "Availability", "Bookings", "Payments", "Notifications", "Accounts", "Web"];

    /// <summary>Every reference among these project files that the house does not allow, as "A references B".</summary>
    public static IReadOnlyList<string> Forbidden(IEnumerable<(string Project, string Content)> projects) =>
    [
        .. from project in projects
           from reference in XDocument.Parse(project.Content).Descendants("ProjectReference")
           let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
           where !Allowed(project.Project, target)
           select $"{project.Project} references {target}",
    ];

    private static bool Allowed(string project, string target) => project switch
    {
        "Contracts" or "Platform" or "Stripe.net" or "Npgsql.NetTopologySuite" => false,
        // Pages speak to the other services by HTTP like any other program.
        "Web" => target == "Platform",
        "Payments" => target is "Contracts" or "Platform" or "Stripe.net",
        "Listings" => target is "Contracts" or "Platform" or "Npgsql.NetTopologySuite",
        _ => target is "Contracts" or "Platform",
    };
}

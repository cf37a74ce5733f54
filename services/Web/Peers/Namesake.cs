namespace Web.Peers;

/// <summary>One of several places of the same name.</summary>
public sealed record Namesake(string Name, string? Region, string Country, string? PostalCode, int Population)
{
    /// <summary>As the directory writes it, and reads it again.</summary>
    public string Written => string.Join(", ", new[] { Name, Area, Country }.Where(p => !string.IsNullOrEmpty(p)));

    private string? Area => Region == Name ? null : Region;

    /// <summary>What tells it from the others.</summary>
    /// <param name="home">The country that goes without saying.</param>
    public string Apart(string? home) => string.IsNullOrEmpty(Area) ? Country : Country == home ? Area : $"{Area}, {Country}";
}

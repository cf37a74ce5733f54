using Contracts;
using Listings.Search;

namespace Listings.Tests.Search;

/// <summary>A hundred thousand practitioners in memory. Twenty each are alike in all but their ids, so that whatever a search sorts by, many are equal in it.</summary>
public sealed class HundredThousand
{
    private const int Different = 5_000;
    private const int Alike = 20;

    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 30, TimeSpan.Zero);

    private readonly Dictionary<Guid, (Card Card, Openings Openings)> looks;
    private readonly SpotDirectory directory = new();
    private readonly SpotWriter spots = new();

    public HundredThousand()
    {
        var crowd = new Crowd(20261123, Now);
        Invented = crowd.Practitioners(Different);
        Said = Invented.ToDictionary(p => p.Id, p => crowd.Openings(p));
        looks = Invented.ToDictionary(p => p.Id, p => (Card.Of(p), new Openings(Said[p.Id].NoticeMinutes, Said[p.Id].Visits)));
        Everybody = [.. Enumerable.Range(0, Different * Alike).Select(i => new Person(Guid.CreateVersion7(), i, Invented[i % Different].Id))];
        Change(Everybody);
        Root = Latest;
    }

    /// <summary>Whom the others are like.</summary>
    internal IReadOnlyList<Practitioner> Invented { get; }

    internal IReadOnlyDictionary<Guid, OpeningsChanged> Said { get; }

    internal IReadOnlyList<Person> Everybody { get; }

    /// <summary>With everybody, as they were at first.</summary>
    internal Node Root { get; }

    /// <summary>With all changes.</summary>
    internal Node Latest { get; private set; } = new();

    /// <summary>Some become as they are given, and others are added.</summary>
    internal void Change(IEnumerable<Person> people)
    {
        var change = new SpotChange(Latest, directory);
        foreach (var person in people)
        {
            if (person.Like is { } like)
                spots.Write(person.Id, person.Number, looks[like].Card, person.IsBooked ? Booked(looks[like].Openings) : looks[like].Openings);
            else
                spots.Clear();
            change.Replace(person.Id, spots);
        }

        change.Publish(tree => Latest = tree);
    }

    private static Openings Booked(Openings openings) => openings with { Visits = [.. openings.Visits.Select(v => v with { Starts = [.. v.Starts.Skip(1)] })] };

    /// <param name="Like">Null when withdrawn.</param>
    /// <param name="IsBooked">Whether the first start of each visit is taken.</param>
    internal sealed record Person(Guid Id, int Number, Guid? Like, bool IsBooked = false);
}

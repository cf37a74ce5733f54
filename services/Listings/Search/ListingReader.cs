using System.Text.Json;
using Contracts;

namespace Listings.Search;

/// <summary>
/// Reads of stored documents what searches are made of, as the serializer does in a third of the time: to make a million practitioners anew is mostly to read
/// them. Whatever else a listing says is not there.
/// </summary>
internal static class ListingReader
{
    private delegate T Value<T>(ref Utf8JsonReader json);

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">Something is of another type.</exception>
    public static Listing Read(ReadOnlySpan<byte> stored)
    {
        var json = new Utf8JsonReader(stored);
        string? name = null, headline = null, biography = null, approach = null, gender = null;
        int? practisingSince = null;
        IReadOnlyList<Training> trainings = [];
        IReadOnlyList<Licence> licences = [];
        IReadOnlyList<string> specialties = [], populations = [], techniques = [], modalities = [], languages = [];
        IReadOnlyList<Location> locations = [];
        IReadOnlyList<Offering> services = [];
        var (slidingScale, acceptsNew) = (false, true);
        json.Read();
        while (Property(ref json))
        {
            if (Is(ref json, "name"u8))
                name = json.GetString();
            else if (Is(ref json, "headline"u8))
                headline = json.GetString();
            else if (Is(ref json, "biography"u8))
                biography = json.GetString();
            else if (Is(ref json, "approach"u8))
                approach = json.GetString();
            else if (Is(ref json, "gender"u8))
                gender = json.GetString();
            else if (Is(ref json, "practisingSince"u8))
                practisingSince = json.GetInt32();
            else if (Is(ref json, "trainings"u8))
                trainings = Many(ref json, ReadTraining);
            else if (Is(ref json, "licences"u8))
                licences = Many(ref json, ReadLicence);
            else if (Is(ref json, "specialties"u8))
                specialties = Many(ref json, Text);
            else if (Is(ref json, "populations"u8))
                populations = Many(ref json, Text);
            else if (Is(ref json, "techniques"u8))
                techniques = Many(ref json, Text);
            else if (Is(ref json, "modalities"u8))
                modalities = Many(ref json, Text);
            else if (Is(ref json, "languages"u8))
                languages = Many(ref json, Text);
            else if (Is(ref json, "locations"u8))
                locations = Many(ref json, ReadLocation);
            else if (Is(ref json, "services"u8))
                services = Many(ref json, ReadService);
            else if (Is(ref json, "slidingScale"u8))
                slidingScale = json.GetBoolean();
            else if (Is(ref json, "acceptsNew"u8))
                acceptsNew = json.GetBoolean();
            else
                json.Skip();
        }

        return new()
        {
            Name = name,
            Headline = headline,
            Biography = biography,
            Approach = approach,
            Gender = gender,
            PractisingSince = practisingSince,
            Trainings = trainings,
            Licences = licences,
            Specialties = specialties,
            Populations = populations,
            Techniques = techniques,
            Modalities = modalities,
            Languages = languages,
            Locations = locations,
            Services = services,
            SlidingScale = slidingScale,
            AcceptsNew = acceptsNew,
        };
    }

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<Evidence> ReadEvidence(ReadOnlySpan<byte> stored)
    {
        var json = new Utf8JsonReader(stored);
        json.Read();
        return Many(ref json, ReadEvidence);
    }

    private static Evidence ReadEvidence(ref Utf8JsonReader json)
    {
        var (id, state, by, on) = (Guid.Empty, EvidenceState.SelfDeclared, "", default(DateOnly));
        Training? training = null;
        Licence? licence = null;
        while (Property(ref json))
        {
            if (Is(ref json, "credentialId"u8))
                id = json.GetGuid();
            else if (Is(ref json, "state"u8))
                state = One<EvidenceState>(ref json);
            else if (Is(ref json, "checkedBy"u8))
                by = Text(ref json);
            else if (Is(ref json, "checkedOn"u8))
                on = Date(ref json);
            else if (Is(ref json, "training"u8))
                training = ReadTraining(ref json);
            else if (Is(ref json, "licence"u8))
                licence = ReadLicence(ref json);
            else
                json.Skip();
        }

        return new(id, state, by, on, training, licence);
    }

    private static Training ReadTraining(ref Utf8JsonReader json)
    {
        string issuer = "";
        string? credential = null, level = null;
        var from = default(DateOnly);
        DateOnly? to = null;
        int? hours = null;
        Guid? id = null;
        while (Property(ref json))
        {
            if (Is(ref json, "issuer"u8))
                issuer = Text(ref json);
            else if (Is(ref json, "from"u8))
                from = Date(ref json);
            else if (Is(ref json, "credential"u8))
                credential = json.GetString();
            else if (Is(ref json, "level"u8))
                level = json.GetString();
            else if (Is(ref json, "hours"u8))
                hours = json.GetInt32();
            else if (Is(ref json, "to"u8))
                to = Date(ref json);
            else if (Is(ref json, "id"u8))
                id = json.GetGuid();
            else
                json.Skip();
        }

        return new(issuer, from, credential, level, hours, to, id);
    }

    private static Licence ReadLicence(ref Utf8JsonReader json)
    {
        string code = "", jurisdiction = "", number = "";
        DateOnly? expires = null;
        Guid? id = null;
        while (Property(ref json))
        {
            if (Is(ref json, "code"u8))
                code = Text(ref json);
            else if (Is(ref json, "jurisdiction"u8))
                jurisdiction = Text(ref json);
            else if (Is(ref json, "number"u8))
                number = Text(ref json);
            else if (Is(ref json, "expires"u8))
                expires = Date(ref json);
            else if (Is(ref json, "id"u8))
                id = json.GetGuid();
            else
                json.Skip();
        }

        return new(code, jurisdiction, number, expires, id);
    }

    private static Location ReadLocation(ref Utf8JsonReader json)
    {
        string name = "", locality = "", country = "";
        string? region = null, timeZone = null;
        double? lat = null, lon = null;
        var approximate = false;
        int? travelRadiusKm = null;
        Guid? id = null;
        IReadOnlyList<VisitFormat> formats = [];
        IReadOnlyList<string> access = [];
        while (Property(ref json))
        {
            if (Is(ref json, "name"u8))
                name = Text(ref json);
            else if (Is(ref json, "locality"u8))
                locality = Text(ref json);
            else if (Is(ref json, "country"u8))
                country = Text(ref json);
            else if (Is(ref json, "region"u8))
                region = json.GetString();
            else if (Is(ref json, "lat"u8))
                lat = json.GetDouble();
            else if (Is(ref json, "lon"u8))
                lon = json.GetDouble();
            else if (Is(ref json, "approximate"u8))
                approximate = json.GetBoolean();
            else if (Is(ref json, "timeZone"u8))
                timeZone = json.GetString();
            else if (Is(ref json, "travelRadiusKm"u8))
                travelRadiusKm = json.GetInt32();
            else if (Is(ref json, "id"u8))
                id = json.GetGuid();
            else if (Is(ref json, "formats"u8))
                formats = Many(ref json, One<VisitFormat>);
            else if (Is(ref json, "access"u8))
                access = Many(ref json, Text);
            else
                json.Skip();
        }

        return new(name, locality, country, region, null, lat, lon, approximate, timeZone, travelRadiusKm, null, id) { Formats = formats, Access = access };
    }

    private static Offering ReadService(ref Utf8JsonReader json)
    {
        string name = "";
        var minutes = 0;
        var price = default(Money);
        var firstVisit = false;
        ForWhom? forWhom = null;
        IReadOnlyList<Guid>? locationIds = null;
        Guid? id = null;
        IReadOnlyList<VisitFormat> formats = [];
        while (Property(ref json))
        {
            if (Is(ref json, "name"u8))
                name = Text(ref json);
            else if (Is(ref json, "minutes"u8))
                minutes = json.GetInt32();
            else if (Is(ref json, "price"u8))
                price = ReadMoney(ref json);
            else if (Is(ref json, "firstVisit"u8))
                firstVisit = json.GetBoolean();
            else if (Is(ref json, "forWhom"u8))
                forWhom = ReadForWhom(ref json);
            else if (Is(ref json, "locationIds"u8))
                locationIds = Many(ref json, (ref Utf8JsonReader one) => one.GetGuid());
            else if (Is(ref json, "id"u8))
                id = json.GetGuid();
            else if (Is(ref json, "formats"u8))
                formats = Many(ref json, One<VisitFormat>);
            else
                json.Skip();
        }

        return new(name, minutes, price, firstVisit, ForWhom: forWhom, LocationIds: locationIds, Id: id) { Formats = formats };
    }

    private static ForWhom ReadForWhom(ref Utf8JsonReader json)
    {
        int? from = null, to = null;
        while (Property(ref json))
        {
            if (Is(ref json, "minAgeMonths"u8))
                from = json.GetInt32();
            else if (Is(ref json, "maxAgeMonths"u8))
                to = json.GetInt32();
            else
                json.Skip();
        }

        return new(from, to);
    }

    private static Money ReadMoney(ref Utf8JsonReader json)
    {
        var (amount, currency) = (0L, "");
        while (Property(ref json))
        {
            if (Is(ref json, "amount"u8))
                amount = json.GetInt64();
            else if (Is(ref json, "currency"u8))
                currency = Text(ref json);
            else
                json.Skip();
        }

        return new(amount, currency);
    }

    private static bool Property(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the property has this name; its value comes next then.</summary>
    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();

    private static string Text(ref Utf8JsonReader json) => json.GetString()!;

    private static DateOnly Date(ref Utf8JsonReader json) => DateOnly.FromDateTime(json.GetDateTime());

    private static T One<T>(ref Utf8JsonReader json)
        where T : struct, Enum => Enum.Parse<T>(json.GetString()!, ignoreCase: true);

    private static List<T> Many<T>(ref Utf8JsonReader json, Value<T> value)
    {
        var all = new List<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            all.Add(value(ref json));
        return all;
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform;

/// <summary>JSON as the product reads and writes it: camelCase, nothing unknown, nothing twice, nothing missing, instants with their offset.</summary>
public static class Json
{
    /// <summary>The strict settings, for use outside of a request.</summary>
    public static JsonSerializerOptions Strict { get; } = MakeStrict(new JsonSerializerOptions());

    /// <summary>The same, but fields that are not known are passed over: for answers of other services, which may grow.</summary>
    public static JsonSerializerOptions Tolerant { get; } =
        new(Strict) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectRequiredConstructorParameters = false };

    public static JsonSerializerOptions MakeStrict(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = 32;
        // Answers are never part of a page, so a plus sign and an accent may stay as they are.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new LocalTimeConverter());
        return options;
    }

    /// <summary>
    /// An RFC 3339 instant: date, time and offset (<c>Z</c> or <c>±hh:mm</c>), nothing left out, in the years 1900 to 2999 of UTC, so that whoever adds
    /// days to it stays within the calendar.
    /// </summary>
    public static bool TryInstant(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is { Length: >= 20 and <= 40 }
            && (text[^1] is 'Z' or 'z' || (text[^3] == ':' && text[^6] is '+' or '-'))
            && (text[4], text[7], text[13], text[16]) is ('-', '-', ':', ':') && text[10] is 'T' or 't'
            && text[17..].All(c => char.IsAsciiDigit(c) || c is '.' or ':' or '+' or '-' or 'Z' or 'z')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant)
            && instant.UtcDateTime.Year is >= 1900 and < 3000;
    }

    /// <summary>The same from a query, where a plus sign that was not escaped arrives as a space.</summary>
    public static bool TryQueryInstant(string? text, out DateTimeOffset instant) => TryInstant(text?.Replace(' ', '+'), out instant);

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryInstant(reader.GetString(), out var instant)
                ? instant
                : throw new JsonException("An instant with its offset is needed, as in 2026-12-01T09:00:00-07:00.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            const int beforeFraction = 19, afterFraction = 27;
            Span<byte> text = stackalloc byte[33];
            value.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
            if (value.Ticks % TimeSpan.TicksPerSecond == 0)
            {
                text[afterFraction..length].CopyTo(text[beforeFraction..]);
                length -= afterFraction - beforeFraction;
            }

            writer.WriteStringValue(text[..length]);
        }
    }

    /// <summary>Local times are <c>HH:mm</c> both ways.</summary>
    private sealed class LocalTimeConverter : JsonConverter<TimeOnly>
    {
        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && TimeOnly.TryParseExact(reader.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw new JsonException("A local time is needed, as in 09:00.");

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("HH:mm", CultureInfo.InvariantCulture));
    }
}

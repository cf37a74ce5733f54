using System.Text;
using System.Text.Json;

namespace Payments;

/// <summary>What is kept of an event: everything but who paid and who is paid. Those are Stripe's to know, and nobody who leaves here leaves a name behind.</summary>
public static class EventBody
{
    private static readonly HashSet<string> OfPeople =
    [
        "address", "billing_details", "business_profile", "collected_information", "company", "customer_details", "customer_email", "email",
        "external_accounts", "individual", "name", "phone", "receipt_email", "shipping", "shipping_details",
    ];

    /// <param name="body">An event as Stripe writes it.</param>
    public static string WithoutPeople(string body)
    {
        using var whole = JsonDocument.Parse(body);
        using var kept = new MemoryStream();
        using (var writer = new Utf8JsonWriter(kept, new() { SkipValidation = true }))
            Write(writer, whole.RootElement);
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().Where(property => !OfPeople.Contains(property.Name)))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                // As it stands: what it escapes need not be text.
                writer.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
        }
    }
}

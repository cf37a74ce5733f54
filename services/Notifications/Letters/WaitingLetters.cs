using System.Globalization;
using Notifications.Mime;
using Notifications.Peers;

namespace Notifications.Letters;

/// <summary>What somebody on the waiting list is told. What they look for is on the page behind the link only.</summary>
public sealed class WaitingLetters(MailOptions options)
{
    /// <param name="practitioner">Whose free time is waited for; null when it is whoever fits.</param>
    public Letter For(MessageKind kind, Waiting waiting, PractitionerContact? practitioner)
    {
        var with = practitioner?.Name is { } name && HeaderText.Clean(name) is { Length: > 0 } clean ? $" with {clean}" : "";
        var oneOnly = waiting.PractitionerId is not null;
        return kind switch
        {
            MessageKind.WaitingBegun => new Letter(oneOnly ? "You are waiting for a free time" : "You are waiting for someone who fits",
            [
                new Words(oneOnly
                    ? $"We look every few minutes whether there is a free time{with}, and write to you once, as soon as there is."
                    : "We look every few minutes for what you searched for, and write to you once, as soon as somebody fits."),
                new Words($"If nothing comes by {waiting.Until.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, we stop looking. You can stop it yourself at any time; also if it was somebody else who gave us your address."),
                new Step("See what you wait for, or stop waiting", waiting.ManageUrl),
            ]),
            MessageKind.WaitingOver => new Letter(oneOnly ? "There is a free time" : "Someone fits what you searched for",
            [
                new Words(oneOnly ? $"There is a free time{with} now." : $"There is somebody at {options.SiteName} now who fits what you searched for."),
                new Words("Nothing is kept for you, and others may be waiting too: whoever books first has the time. We will not write about this again."),
                new Step(oneOnly ? "See the free times" : "See who it is", waiting.ManageUrl),
            ]),
            _ => throw new NotSupportedException($"{kind} is not about waiting."),
        };
    }
}

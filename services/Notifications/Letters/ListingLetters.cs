namespace Notifications.Letters;

/// <summary>What a practitioner is told about their listing. The moderator's words are for nobody else, so they are shown on the desk only.</summary>
public sealed class ListingLetters(MailOptions options)
{
    public Letter For(MessageKind kind) => kind switch
    {
        MessageKind.ListingApproved => new Letter("Your listing is published",
        [
            new Words($"A moderator has read your listing, and people can find it at {options.SiteName} now."),
            new Words("They can book you in the hours you set, once Stripe knows where the money goes."),
            Desk("See your listing"),
        ]),
        MessageKind.ListingReturned => new Letter("Your listing needs a few changes",
        [
            new Words("A moderator has read your listing and asks you to change something before it is published. What people can see of it has not changed."),
            new Words("On your desk you can read what the moderator writes, change your listing and submit it again."),
            Desk("Change your listing"),
        ]),
        MessageKind.ListingSuspended => new Letter("Your listing is hidden at the moment",
        [
            new Words("A moderator has hidden your listing, and nobody can find or book you for now. Visits already booked stay."),
            new Words("On your desk you can read what the moderator writes."),
            Desk("See your listing"),
        ]),
        _ => throw new NotSupportedException($"{kind} is not about a listing."),
    };

    private Step Desk(string label) => new(label, new Uri(options.PublicUrl, "/desk/listing"));
}

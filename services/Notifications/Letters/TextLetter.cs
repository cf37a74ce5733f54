using System.Text;

namespace Notifications.Letters;

/// <summary>A letter as plain text.</summary>
public static class TextLetter
{
    public static string Write(Letter letter, string siteName, Uri site)
    {
        var text = new StringBuilder(letter.Subject).Append('\n');
        foreach (var part in letter.Parts)
        {
            text.Append('\n');
            switch (part)
            {
                case Words words:
                    text.Append(words.Text).Append('\n');
                    break;
                case Facts facts:
                    foreach (var fact in facts.List)
                        text.Append(fact.Name).Append(": ").Append(fact.Text).Append('\n');
                    break;
                case Step step:
                    text.Append(step.Label).Append(":\n").Append(step.Address.AbsoluteUri).Append('\n');
                    break;
            }
        }

        // "-- " is how mail readers know a signature (RFC 3676).
        return text.Append("\n-- \n").Append(siteName).Append('\n').Append(site.AbsoluteUri).Append('\n').ToString();
    }
}

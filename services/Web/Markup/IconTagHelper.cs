using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Web.Markup;

/// <summary><c>&lt;icon name="calendar" /&gt;</c>: a drawing beside words, never instead of them.</summary>
public sealed class IconTagHelper(Assets assets) : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent($"<use href=\"{assets.Icon(Name)}\"></use>");
    }
}

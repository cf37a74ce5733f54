using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Web.Markup;

/// <summary>A labelled field with its hint and its mistake, tied together for those who hear the page.</summary>
public sealed class FieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }
    public required string Label { get; set; }
    public string? Hint { get; set; }
    public string Type { get; set; } = "text";

    /// <summary>Several lines instead of one.</summary>
    public int Rows { get; set; }
    public bool Optional { get; set; }

    /// <summary>The field's own class, for its width.</summary>
    public string? Width { get; set; }

    /// <summary>A choice from a list; values and words.</summary>
    public IEnumerable<SelectListItem>? Options { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        View.ModelState.TryGetValue(name, out var entry);
        var mistake = entry?.Errors.FirstOrDefault()?.ErrorMessage;
        var value = Type == "password" ? null : entry?.AttemptedValue ?? Text(For.Model);

        var control = Control(value);
        control.Attributes["id"] = id;
        control.Attributes["name"] = name;
        if (Width is not null)
            control.AddCssClass(Width);
        // What the page writes on <field> beyond its own words (autocomplete, inputmode, maxlength) is the control's.
        foreach (var attribute in output.Attributes.Where(a => a.Name != "class"))
            control.Attributes[attribute.Name] = attribute.Value?.ToString();
        var described = string.Join(' ', new[] { Hint is null ? null : $"{id}-hint", mistake is null ? null : $"{id}-mistake" }.Where(d => d is not null));
        if (described.Length > 0)
            control.Attributes["aria-describedby"] = described;
        if (mistake is not null)
            control.Attributes["aria-invalid"] = "true";

        var css = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.Clear();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", css is null ? "field" : $"field {css}");
        output.Content.AppendHtml(Words("label", Optional ? $"{Label} (optional)" : Label, label => label.Attributes["for"] = id));
        if (Hint is not null)
            output.Content.AppendHtml(Words("p", Hint, hint => { hint.AddCssClass("hint"); hint.Attributes["id"] = $"{id}-hint"; }));
        if (mistake is not null)
            output.Content.AppendHtml(Words("p", mistake, wrong => { wrong.AddCssClass("wrong"); wrong.Attributes["id"] = $"{id}-mistake"; }));
        output.Content.AppendHtml(control);
    }

    private TagBuilder Control(string? value)
    {
        if (Options is not null)
        {
            var select = new TagBuilder("select");
            foreach (var choice in Options)
                select.InnerHtml.AppendHtml(Words("option", choice.Text, option =>
                {
                    option.Attributes["value"] = choice.Value;
                    if ((value ?? "") == choice.Value)
                        option.Attributes["selected"] = "selected";
                }));
            return select;
        }

        if (Rows > 0)
        {
            var area = new TagBuilder("textarea");
            area.Attributes["rows"] = Rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
            // A parser drops a line break right after the tag, so one is written for it.
            area.InnerHtml.Append("\n" + value);
            return area;
        }

        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = Type;
        if (value is not null)
            input.Attributes["value"] = value;
        return input;
    }

    private static string? Text(object? model) => model switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => model.ToString(),
    };

    private static TagBuilder Words(string tag, string words, Action<TagBuilder> shape)
    {
        var builder = new TagBuilder(tag);
        builder.InnerHtml.Append(words);
        shape(builder);
        return builder;
    }
}

using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace Web.Tests;

/// <summary>A person with a plain browser: no scripts, forms sent as they stand, redirects followed by hand so that each address is seen.</summary>
public sealed class Visitor(HttpClient http)
{
    public HttpResponseMessage Last { get; private set; } = null!;

    public IDocument Page { get; private set; } = null!;

    /// <summary>Every address this browser was led to.</summary>
    public List<string> Addresses { get; } = [];

    /// <summary>Every cookie it was given, as it was given.</summary>
    public List<string> Cookies { get; } = [];

    public string Text => string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Heading => Page.QuerySelector("h1")!.TextContent.Trim();

    public async Task<Visitor> Go(string address)
    {
        await Read(await http.GetAsync(address), address);
        return this;
    }

    /// <summary>Goes where the last answer leads.</summary>
    public async Task<Visitor> Follow()
    {
        Assert.True(Last.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther, $"{(int)Last.StatusCode} does not lead on: {Page.Title}");
        return await Go(Last.Headers.Location!.OriginalString);
    }

    /// <summary>Sends the form that holds the button with these words, with these fields filled in.</summary>
    public async Task<Visitor> Press(string button, params (string Name, string Value)[] filled)
    {
        var pressed = Page.QuerySelectorAll("button").Where(b => !b.ClassList.Contains("unseen")).First(b => b.TextContent.Trim().StartsWith(button, StringComparison.Ordinal));
        var form = (IHtmlFormElement)pressed.Closest("form")!;
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var control in form.QuerySelectorAll("input, textarea, select"))
        {
            var name = control.GetAttribute("name");
            if (string.IsNullOrEmpty(name) || filled.Any(f => f.Name == name))
                continue;
            switch (control)
            {
                case IHtmlInputElement { Type: "radio" or "checkbox" } choice when !choice.IsChecked:
                    break;
                case IHtmlInputElement input:
                    fields.Add(new(name, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add(new(name, area.Value));
                    break;
                case IHtmlSelectElement select:
                    fields.Add(new(name, select.Value ?? ""));
                    break;
            }
        }
        fields.AddRange(filled.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        if (pressed.GetAttribute("name") is { Length: > 0 } buttonName)
            fields.Add(new(buttonName, pressed.GetAttribute("value") ?? ""));
        var action = (pressed.GetAttribute("formaction") ?? form.GetAttribute("action")) is { Length: > 0 } written ? written : Addresses[^1];
        using var content = new FormUrlEncodedContent(fields);
        await Read(await http.PostAsync(action, content), action);
        return this;
    }

    /// <summary>Sends a form from elsewhere, without what our pages put into theirs.</summary>
    public async Task<Visitor> PostBlindly(string address, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        await Read(await http.PostAsync(address, content), address);
        return this;
    }

    private async Task Read(HttpResponseMessage answer, string address)
    {
        Last = answer;
        Addresses.Add(address);
        if (answer.Headers.TryGetValues("Set-Cookie", out var given))
            Cookies.AddRange(given);
        Page = await BrowsingContext.New(Configuration.Default).OpenAsync(async page => page.Content(await answer.Content.ReadAsStringAsync()));
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Web.Tests.Pages;

/// <summary>What the pages' script does with a press, in Node with as much of a browser as that takes.</summary>
public sealed class SiteScriptTests
{
    private const string Browser = """
        const listeners = {};
        globalThis.addEventListener = (kind, does) => (listeners[kind] = does);
        globalThis.document = { querySelector: () => null, querySelectorAll: () => [] };
        let now = 1764000000000;
        Date.now = () => now;
        const form = { method: 'post', dataset: new Proxy({}, { set: (kept, name, value) => ((kept[name] = String(value)), true) }) };
        const press = () => {
          let sent = true;
          listeners.submit({ target: form, defaultPrevented: false, preventDefault: () => (sent = false) });
          return sent;
        };
        """;

    private const string Presses = """
        const first = press();
        now += 4000;
        const tooSoon = press();
        now += 2000;
        process.stdout.write([first, tooSoon, press(), press()].join(' '));
        """;

    [Fact]
    public async Task A_press_is_sent_once_and_again_after_its_time()
    {
        var script = await File.ReadAllTextAsync(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "services", "Web", "assets", "site.js")));
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", $"{Browser}\n{Regex.Replace(script, "^import .*$", "", RegexOptions.Multiline)}\n{Presses}"]) { RedirectStandardOutput = true })!;
        Assert.Equal("true false true false", await node.StandardOutput.ReadToEndAsync());
        await node.WaitForExitAsync();
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

namespace Availability;

/// <summary>What stands between BEGIN and END (RFC 5545 section 3.6): its properties in their order, and the components inside it.</summary>
internal sealed class CalendarComponent(string name)
{
    /// <summary>In upper case.</summary>
    public string Name { get; } = name;

    public List<ContentLine> Lines { get; } = [];

    public List<CalendarComponent> Parts { get; } = [];

    /// <summary>The first property of that name, or null.</summary>
    public ContentLine? Line(string name) => Lines.Find(line => line.Name == name);

    public IEnumerable<ContentLine> LinesOf(string name) => Lines.Where(line => line.Name == name);

    public IEnumerable<CalendarComponent> PartsOf(string name) => Parts.Where(part => part.Name == name);

    /// <summary>The calendars of a text, at least one.</summary>
    /// <exception cref="CalendarFormatException">It has none, is broken off, or exceeds <see cref="CalendarLimits"/>.</exception>
    public static IReadOnlyList<CalendarComponent> Read(string text)
    {
        var calendars = new List<CalendarComponent>();
        var open = new Stack<CalendarComponent>();
        var count = 0;
        foreach (var line in ContentLine.Read(text))
        {
            if (line.Name == "BEGIN")
            {
                var component = new CalendarComponent(line.Value.ToUpperInvariant());
                if (++count > CalendarLimits.Components)
                    throw new CalendarFormatException("The calendar has too many entries.");
                if (open.Count == CalendarLimits.Depth)
                    throw new CalendarFormatException("The calendar has entries inside entries too many times over.");
                if (open.TryPeek(out var around))
                    around.Parts.Add(component);
                else if (component.Name == "VCALENDAR")
                    calendars.Add(component);
                else
                    throw new CalendarFormatException("This is no calendar, although it looks a little like one.");
                open.Push(component);
            }
            else if (line.Name == "END")
            {
                if (!open.TryPop(out var ended) || !line.Says(ended.Name))
                    throw new CalendarFormatException("The calendar's entries do not end where they should.");
            }
            else if (open.TryPeek(out var around))
            {
                around.Lines.Add(line);
            }
        }

        if (calendars.Count == 0)
            throw new CalendarFormatException("This is no calendar.");
        return open.Count == 0 ? calendars : throw new CalendarFormatException("The calendar is broken off before its end.");
    }
}

using System.Text;

namespace Availability.Tests;

/// <summary>Feeds that somebody wrote to keep a reader busy, as large as may be.</summary>
internal static class HostileFeeds
{
    private const int Size = 2 * 1024 * 1024;

    private static readonly string Times = $"BYHOUR={Numbers(0, 23)};BYMINUTE={Numbers(0, 59)};BYSECOND={Numbers(0, 59)}";

    /// <summary>Each is written when it is asked for.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string>> All = new Dictionary<string, Func<string>>
    {
        ["every second for ever"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"),
        ["every second since the year 1, counted"] = () => Events("DTSTART:00010101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;COUNT=2147483647"),
        ["every other second of some minutes, counted"] = () => Events("DTSTART:19700101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;INTERVAL=2;BYMINUTE=1,2;COUNT=2147483647"),
        ["a second that no minute has"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;INTERVAL=60;BYSECOND=30"),
        ["the second minute of each minute"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", "RRULE:FREQ=MINUTELY;BYSETPOS=2"),
        ["the 30th of February"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ["the 30th of February since the year 1, counted"] = () => Events("DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9"),
        ["a Monday that is a Tuesday, counted"] = () => Events("DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTHDAY=1;BYYEARDAY=2;COUNT=9"),
        ["every second of the year, as a set"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", $"RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{Times}"),
        ["some of a set of all seconds of the year"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", $"RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{Times};BYSETPOS={Numbers(-366, -1)}"),
        ["hardly anything of large sets, counted"] = () => Events("DTSTART:00010101T000000Z", "DURATION:PT1S", $"RRULE:FREQ=MONTHLY;BYMONTHDAY={Numbers(1, 31)};{Times};BYSETPOS=366;COUNT=2147483647"),
        ["all numbers there are"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", $"RRULE:FREQ=YEARLY;BYYEARDAY={Numbers(-366, -1)},{Numbers(1, 366)};BYWEEKNO={Numbers(1, 53)}"),
        ["one number over and over"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", $"RRULE:FREQ=YEARLY;BYYEARDAY={Repeat("1,", 100_000)}1"),
        ["one part over and over"] = () => Events("DTSTART:20200101T000000Z", "DURATION:PT1S", $"RRULE:FREQ=YEARLY{Repeat(";WKST=MO", 30_000)}"),
        ["days that last a thousand years"] = () => Events("DTSTART:00010101T000000Z", "DURATION:P365000D", "RRULE:FREQ=DAILY"),
        ["dates without end"] = () => Events("DTSTART:20260101T000000Z", "DURATION:PT1S", $"RDATE:{Repeat("20260102T000000Z,", 15_000)}20260103T000000Z"),
        ["dates without end in a zone"] = () => Events("DTSTART;TZID=Europe/Berlin:20260101T000000", "DURATION:PT1S", $"RDATE;TZID=Europe/Berlin:{Repeat("20260102T000000,", 15_000)}20260103T000000"),
        ["exceptions without end"] = () => Events("DTSTART;TZID=Europe/Berlin:20260101T000000", "DURATION:PT1S", "RRULE:FREQ=DAILY", $"EXDATE;TZID=Europe/Berlin:{Repeat("20260102T000000,", 15_000)}20260103T000000"),
        ["periods without end"] = () => Calendar(Fill($"BEGIN:VFREEBUSY\r\nFREEBUSY:{Repeat("20260102T000000Z/PT1H,", 10_000)}20260103T000000Z/PT1H\r\nEND:VFREEBUSY\r\n")),
        ["a change of every change"] = () => Calendar(Event("UID:1", "DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY") + Numbered(i => Event("UID:1", $"RECURRENCE-ID;RANGE=THISANDFUTURE:2020{1 + (i % 12):00}{1 + (i % 28):00}T{i % 24:00}{i % 60:00}{i % 59:00}Z", "DTSTART:20200101T010000Z"))),
        ["masters by changes"] = () => Calendar(Numbered(i => i % 2 == 0 ? Event("UID:1", "DTSTART:20260101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY") : Event("UID:1", $"RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T{i % 24:00}{i % 60:00}{i % 59:00}Z", "DTSTART:20260101T010000Z"))),
        ["as many events as there may be"] = () => Calendar(Numbered(i => Event($"UID:{i}", "DTSTART;TZID=Europe/Berlin:20260101T000000", "DURATION:PT1H"))),
        ["empty events"] = () => Calendar(Fill("BEGIN:VEVENT\nEND:VEVENT\n")),
        ["calendars"] = () => Fill("BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        ["components in components"] = () => Fill("BEGIN:VCALENDAR\r\n"),
        ["one line"] = () => "BEGIN:VCALENDAR\r\nDESCRIPTION:" + new string('a', Size - 100),
        ["one line of folds"] = () => "BEGIN:VCALENDAR\r\nDESCRIPTION:" + Repeat("\r\n a", (Size / 4) - 20),
        ["empty lines"] = () => "BEGIN:VCALENDAR" + new string('\n', Size - 100),
        ["folded descriptions"] = () => Calendar(Fill($"DESCRIPTION:{Repeat(new string('a', 70) + "\r\n ", 100)}\r\n")),
        ["parameters without end"] = () => Events($"DTSTART{Repeat(";X=Y", 30_000)}:20260101T000000Z", "DURATION:PT1S"),
        ["quotes without end"] = () => Events($"DTSTART;X={Repeat("\";\"", 50_000)}:20260101T000000Z", "DURATION:PT1S"),
        ["zones that nobody uses"] = () => Calendar(Numbered(i => Zone($"Z{i}"), 9_000)),
        ["a zone for each event"] = () => Calendar(Numbered(i => Zone($"Z{i}") + Event($"DTSTART;TZID=Z{i}:20260101T000000", "DURATION:PT1H"), 6_000)),
        ["zones that change every second"] = () => Calendar(Numbered(i => Zone($"Z{i}", "SECONDLY") + Event($"DTSTART;TZID=Z{i}:20260101T000000", "DURATION:PT1H"), 6_000)),
        ["names of zones made of slashes"] = () => Events($"DTSTART;TZID={new string('/', 100_000)}:20100101T000000", "DURATION:PT1H"),
        ["an unknown zone for each event"] = () => Calendar(Numbered(i => Event($"DTSTART;TZID=/{i}/{Repeat("/a", 120)}:20100101T000000", "DURATION:PT1H"))),
    };

    private static string Events(params string[] properties) => Calendar(Numbered(i => Event([$"UID:{i}", .. properties])));

    private static string Event(params string[] properties) => $"BEGIN:VEVENT\r\n{string.Join("\r\n", properties)}\r\nEND:VEVENT\r\n";

    private static string Zone(string name, string frequency = "YEARLY") =>
        $"BEGIN:VTIMEZONE\r\nTZID:{name}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ={frequency}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

    private static string Calendar(string content) => $"BEGIN:VCALENDAR\r\n{content}END:VCALENDAR\r\n";

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Fill(string text) => Repeat(text, Math.Max((Size - 100) / text.Length, 1));

    /// <summary>As many as fit into a feed.</summary>
    private static string Numbered(Func<int, string> part, int most = 19_000)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < Size - 1_000 && i < most; i++)
        {
            var next = part(i);
            if (text.Length > 0 && text.Length + next.Length > Size - 1_000)
                break;
            text.Append(next);
        }

        return text.ToString();
    }

    private static string Numbers(int first, int last) => string.Join(',', Enumerable.Range(first, last - first + 1));
}

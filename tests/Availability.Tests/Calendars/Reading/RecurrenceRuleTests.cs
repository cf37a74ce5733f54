using Xunit;

namespace Availability.Tests;

/// <summary>All examples of RFC 5545 section 3.8.5.3, in its order, in New York. Where the RFC's lists go on, only what it lists is compared.</summary>
public sealed class RecurrenceRuleTests
{
    [Theory]
    [InlineData("Daily for 10 occurrences", "19970902", "FREQ=DAILY;COUNT=10", "1997-09: 2-11")]
    [InlineData("Daily until December 24, 1997", "19970902", "FREQ=DAILY;UNTIL=19971224T000000Z", "1997-09: 2-30; 1997-10: 1-31; 1997-11: 1-30; 1997-12: 1-23")]
    [InlineData("Every other day", "19970902", "FREQ=DAILY;INTERVAL=2",
        "1997-09: 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; 1997-10: 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; 1997-11: 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29; 1997-12: 1,3")]
    [InlineData("Every 10 days, 5 occurrences", "19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09: 2,12,22; 1997-10: 2,12")]
    [InlineData("Every day in January, for 3 years, yearly", "19980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01: 1-31; 1999-01: 1-31; 2000-01: 1-31")]
    [InlineData("Every day in January, for 3 years, daily", "19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01: 1-31; 1999-01: 1-31; 2000-01: 1-31")]
    [InlineData("Weekly for 10 occurrences", "19970902", "FREQ=WEEKLY;COUNT=10", "1997-09: 2,9,16,23,30; 1997-10: 7,14,21,28; 1997-11: 4")]
    [InlineData("Weekly until December 24, 1997", "19970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997-09: 2,9,16,23,30; 1997-10: 7,14,21,28; 1997-11: 4,11,18,25; 1997-12: 2,9,16,23")]
    [InlineData("Every other week", "19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09: 2,16,30; 1997-10: 14,28; 1997-11: 11,25; 1997-12: 9,23; 1998-01: 6,20; 1998-02: 3,17")]
    [InlineData("Tuesday and Thursday for five weeks, until", "19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09: 2,4,9,11,16,18,23,25,30; 1997-10: 2")]
    [InlineData("Tuesday and Thursday for five weeks, counted", "19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09: 2,4,9,11,16,18,23,25,30; 1997-10: 2")]
    [InlineData("Every other week on Monday, Wednesday and Friday until December 24, 1997", "19970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09: 1,3,5,15,17,19,29; 1997-10: 1,3,13,15,17,27,29,31; 1997-11: 10,12,14,24,26,28; 1997-12: 8,10,12,22")]
    [InlineData("Every other week on Tuesday and Thursday, for 8 occurrences", "19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09: 2,4,16,18,30; 1997-10: 2,14,16")]
    [InlineData("First Friday of the month, for 10 occurrences", "19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5; 1998-01: 2; 1998-02: 6; 1998-03: 6; 1998-04: 3; 1998-05: 1; 1998-06: 5")]
    [InlineData("First Friday of the month until December 24, 1997", "19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09: 5; 1997-10: 3; 1997-11: 7; 1997-12: 5")]
    [InlineData("Every other month on the first and last Sunday, for 10 occurrences", "19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09: 7,28; 1997-11: 2,30; 1998-01: 4,25; 1998-03: 1,29; 1998-05: 3,31")]
    [InlineData("Second-to-last Monday of the month for 6 months", "19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09: 22; 1997-10: 20; 1997-11: 17; 1997-12: 22; 1998-01: 19; 1998-02: 16")]
    [InlineData("Third-to-the-last day of the month", "19970928", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09: 28; 1997-10: 29; 1997-11: 28; 1997-12: 29; 1998-01: 29; 1998-02: 26")]
    [InlineData("Second and 15th of the month, for 10 occurrences", "19970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09: 2,15; 1997-10: 2,15; 1997-11: 2,15; 1997-12: 2,15; 1998-01: 2,15")]
    [InlineData("First and last day of the month, for 10 occurrences", "19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09: 30; 1997-10: 1,31; 1997-11: 1,30; 1997-12: 1,31; 1998-01: 1,31; 1998-02: 1")]
    [InlineData("Every 18 months on the 10th thru 15th, for 10 occurrences", "19970910", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09: 10-15; 1999-03: 10-13")]
    [InlineData("Every Tuesday, every other month", "19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1997-09: 2,9,16,23,30; 1997-11: 4,11,18,25; 1998-01: 6,13,20,27; 1998-03: 3,10,17,24,31")]
    [InlineData("Yearly in June and July, for 10 occurrences", "19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997-06: 10; 1997-07: 10; 1998-06: 10; 1998-07: 10; 1999-06: 10; 1999-07: 10; 2000-06: 10; 2000-07: 10; 2001-06: 10; 2001-07: 10")]
    [InlineData("Every other year in January, February, and March, for 10 occurrences", "19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03: 10; 1999-01: 10; 1999-02: 10; 1999-03: 10; 2001-01: 10; 2001-02: 10; 2001-03: 10; 2003-01: 10; 2003-02: 10; 2003-03: 10")]
    [InlineData("Every third year on the first, 100th, and 200th day, for 10 occurrences", "19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01: 1; 1997-04: 10; 1997-07: 19; 2000-01: 1; 2000-04: 9; 2000-07: 18; 2003-01: 1; 2003-04: 10; 2003-07: 19; 2006-01: 1")]
    [InlineData("Every 20th Monday of the year", "19970519", "FREQ=YEARLY;BYDAY=20MO", "1997-05: 19; 1998-05: 18; 1999-05: 17")]
    [InlineData("Monday of week number 20", "19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05: 12; 1998-05: 11; 1999-05: 17")]
    [InlineData("Every Thursday in March", "19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03: 13,20,27; 1998-03: 5,12,19,26; 1999-03: 4,11,18,25")]
    [InlineData("Every Thursday, but only during June, July, and August", "19970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "1997-06: 5,12,19,26; 1997-07: 3,10,17,24,31; 1997-08: 7,14,21,28; 1998-06: 4,11,18,25; 1998-07: 2,9,16,23,30; 1998-08: 6,13,20,27; 1999-06: 3,10,17,24; 1999-07: 1,8,15,22,29; 1999-08: 5,12,19,26")]
    [InlineData("Every Friday the 13th", "19970902", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13\r\nEXDATE;TZID=America/New_York:19970902T090000", "1998-02: 13; 1998-03: 13; 1998-11: 13; 1999-08: 13; 2000-10: 13")]
    [InlineData("First Saturday that follows the first Sunday of the month", "19970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09: 13; 1997-10: 11; 1997-11: 8; 1997-12: 13; 1998-01: 10; 1998-02: 7; 1998-03: 7; 1998-04: 11; 1998-05: 9; 1998-06: 13")]
    [InlineData("U.S. Presidential Election day", "19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11: 5; 2000-11: 7; 2004-11: 2")]
    [InlineData("Third instance into the month of Tuesday, Wednesday, or Thursday, for 3 months", "19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09: 4; 1997-10: 7; 1997-11: 6")]
    [InlineData("Second-to-last weekday of the month", "19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09: 29; 1997-10: 30; 1997-11: 27; 1997-12: 30; 1998-01: 29; 1998-02: 26; 1998-03: 30")]
    [InlineData("Weeks that start on Monday", "19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08: 5,10,19,24")]
    [InlineData("Weeks that start on Sunday", "19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08: 5,17,19,31")]
    [InlineData("An invalid date is ignored", "20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01: 15,30; 2007-02: 15; 2007-03: 15,30")]
    public void Days_of_the_examples(string example, string start, string rule, string expected)
    {
        Assert.NotEmpty(example);
        var days = Days(expected).ToArray();

        var starts = Starts(start, rule);

        Assert.Equal(days.Select(day => day + " 09:00"), IsFinite(rule) ? starts : starts.Take(days.Length));
    }

    [Theory]
    // The RFC says until 17:00 in UTC, which is one in the afternoon in New York; erratum 3883 puts it right.
    [InlineData("Every 3 hours from 9:00 AM to 5:00 PM", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "09:00 12:00 15:00")]
    [InlineData("Every 15 minutes for 6 occurrences", "FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15")]
    [InlineData("Every hour and a half for 4 occurrences", "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30")]
    public void Times_of_the_examples(string example, string rule, string expected)
    {
        Assert.NotEmpty(example);
        Assert.Equal(expected.Split(' ').Select(time => "1997-09-02 " + time), Starts("19970902", rule));
    }

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40")]
    [InlineData("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16")]
    public void Every_20_minutes_from_nine_to_twenty_to_five_every_day(string rule)
    {
        var times = from day in (string[])["1997-09-02", "1997-09-03", "1997-09-04"]
                    from hour in Enumerable.Range(9, 8)
                    from minute in (string[])["00", "20", "40"]
                    select $"{day} {hour:00}:{minute}";

        Assert.Equal(times, Starts("19970902", rule).Take(72));
    }

    private static string[] Starts(string start, string rule)
    {
        // Longer than the window needs to be for the elections, shorter than what would be unreasonable for every twenty minutes.
        rule = IsFinite(rule) || !rule.Contains("MINUTE", StringComparison.Ordinal) ? rule : rule + ";UNTIL=19970930T000000Z";
        return Feed.Starts(
            Feed.Calendar(Feed.Event($"DTSTART;TZID=America/New_York:{start}T090000", "DURATION:PT1M", "RRULE:" + rule)), "America/New_York");
    }

    private static bool IsFinite(string rule) => rule.Contains("COUNT", StringComparison.Ordinal) || rule.Contains("UNTIL", StringComparison.Ordinal);

    /// <summary>The days of <c>1997-09: 2,4-6; 1997-10: 1</c>.</summary>
    private static IEnumerable<string> Days(string expected) =>
        from month in expected.Split("; ")
        from range in month[9..].Split(',')
        let ends = range.Split('-').Select(int.Parse).ToArray()
        from day in Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)
        select $"{month[..7]}-{day:00}";
}

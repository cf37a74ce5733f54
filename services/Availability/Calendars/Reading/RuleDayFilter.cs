using NodaTime;
using NodaTime.Calendars;

namespace Availability;

/// <summary>
/// Which days a rule allows. RFC 5545's table tells parts that expand a period from those that limit it; seen from a day the two are one question,
/// whether all parts allow it. A part that the RFC forbids with a frequency limits it too.
/// </summary>
internal sealed class RuleDayFilter(RecurrenceRule rule)
{
    // A week belongs to the year that has most of it: section 3.3.10, like ISO 8601 but for the first day.
    private readonly IWeekYearRule _weeks = WeekYearRules.ForMinDaysInFirstWeek(4, rule.WeekStart);

    public bool AllowsMonth(int month) => rule.Months.Allow(month);

    /// <summary>Whether all parts but BYMONTH allow it.</summary>
    public bool AllowsDay(LocalDate date) =>
        rule.MonthDays.Allow(date.Day, DaysInMonth(date))
        && rule.YearDays.Allow(date.DayOfYear, DaysInYear(date))
        && AllowsWeek(date)
        && AllowsWeekday(date);

    private bool AllowsWeek(LocalDate date) =>
        rule.WeekNumbers.Length == 0
        || rule.WeekNumbers.Allow(_weeks.GetWeekOfWeekYear(date), _weeks.GetWeeksInWeekYear(_weeks.GetWeekYear(date)));

    private bool AllowsWeekday(LocalDate date)
    {
        if (rule.Days.Length == 0)
            return true;
        var weekday = date.DayOfWeek;
        foreach (var day in rule.Days)
        {
            if (day.Weekday == weekday && (day.Ordinal == 0 || !HasOrdinals || Counts(day.Ordinal, date)))
                return true;
        }

        return false;
    }

    private bool HasOrdinals => rule.Frequency is Frequency.Monthly or Frequency.Yearly;

    /// <summary>Whether the date is that one of its weekday, in its month if the rule names or steps through months, in its year otherwise.</summary>
    private bool Counts(int ordinal, LocalDate date)
    {
        var inMonth = rule.Frequency == Frequency.Monthly || rule.Months.Length > 0;
        var (day, days) = inMonth ? (date.Day, DaysInMonth(date)) : (date.DayOfYear, DaysInYear(date));
        return ordinal == (ordinal > 0 ? ((day - 1) / 7) + 1 : -((days - day) / 7) - 1);
    }

    private static int DaysInMonth(LocalDate date) => CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month);

    private static int DaysInYear(LocalDate date) => CalendarSystem.Iso.GetDaysInYear(date.Year);
}

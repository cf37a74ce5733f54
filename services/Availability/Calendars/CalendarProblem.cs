namespace Availability;

/// <summary>What keeps a calendar outside from being read.</summary>
public enum CalendarProblem
{
    /// <summary>No server of that name, or it takes no connection, or cannot prove who it is.</summary>
    Unreachable,

    /// <summary>Its server is not on the public internet.</summary>
    NotPublic,

    /// <summary>It does not answer in time.</summary>
    TooSlow,

    /// <summary>There is nothing at the address.</summary>
    NotFound,

    /// <summary>Its server does not let us read it.</summary>
    NotAllowed,

    /// <summary>Its server has trouble of its own, or asks to be left alone for a while.</summary>
    ServerTrouble,

    /// <summary>It leads on too often, or to where we do not go.</summary>
    Misled,

    TooLarge,

    /// <summary>What comes is not a calendar.</summary>
    NotACalendar,
}

/// <summary>The problem in words for the calendar's owner.</summary>
public static class CalendarProblemWords
{
    public static string Words(this CalendarProblem problem) => problem switch
    {
        CalendarProblem.Unreachable => "Its server cannot be reached.",
        CalendarProblem.NotPublic => "Its server is not on the public internet.",
        CalendarProblem.TooSlow => "It takes too long to answer.",
        CalendarProblem.NotFound => "There is no calendar at this address any more.",
        CalendarProblem.NotAllowed => "Its server does not let us read it. It may have a new secret address.",
        CalendarProblem.ServerTrouble => "Its server is having trouble at the moment.",
        CalendarProblem.Misled => "Its address leads to another one that we do not follow.",
        CalendarProblem.TooLarge => "It is too large for us to read.",
        CalendarProblem.NotACalendar => "What is at this address is not a calendar we can read.",
        _ => throw new NotSupportedException($"{problem} has no words."),
    };
}

/// <summary>A try that came to nothing.</summary>
/// <param name="retryAfter">How long the server asks to be left alone.</param>
public sealed class CalendarUnreadException(CalendarProblem problem, Exception? inner = null, TimeSpan? retryAfter = null)
    : Exception($"The calendar cannot be read: {problem}.", inner)
{
    public CalendarProblem Problem => problem;

    public TimeSpan? RetryAfter => retryAfter;
}

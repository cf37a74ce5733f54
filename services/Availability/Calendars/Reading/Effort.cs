namespace Availability;

/// <summary>
/// The work that may still go into one feed, counted instead of timed so that the same feed is always read or always refused. A step is about as much
/// as looking at one day.
/// </summary>
internal sealed class Effort(int steps)
{
    private int _left = steps;

    /// <exception cref="CalendarFormatException">It is used up.</exception>
    public void Spend(int steps = 1)
    {
        _left -= steps;
        if (_left < 0)
            throw new CalendarFormatException("The calendar repeats its events more often than can be read.");
    }
}

namespace Availability;

/// <summary>A feed cannot be read. The message says why in plain English and quotes nothing of the feed.</summary>
public sealed class CalendarFormatException(string reason) : Exception(reason);

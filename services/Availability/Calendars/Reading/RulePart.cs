namespace Availability;

/// <summary>A part of a recurrence rule that is a list of numbers. Left out, which is an empty list, it allows everything.</summary>
internal static class RulePart
{
    public static bool Allow(this int[] part, int number) => part.Length == 0 || part.Contains(number);

    /// <param name="last">What -1 stands for in the part.</param>
    public static bool Allow(this int[] part, int number, int last) => part.Allow(number) || part.Contains(number - last - 1);

    public static int[] Or(this int[] part, int number) => part.Length > 0 ? part : [number];
}

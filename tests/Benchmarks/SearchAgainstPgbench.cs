namespace Benchmarks;

internal static class SearchAgainstPgbench
{
    public static Task Measure(Running product) => throw new NotSupportedException();
}

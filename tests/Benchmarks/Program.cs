using Benchmarks;

// Measures a running product (./deploy/run) from outside: dotnet run -c Release --project tests/Benchmarks [name …]
var product = Running.Find(Environment.GetEnvironmentVariable("LOCAL_DIR") ?? ".local");
(string Name, Func<Running, Task> Measure)[] all =
[
    ("memory", IdleMemory.Measure),
    ("openings", SixtyDaysOfOpenings.Measure),
    ("search", SearchAgainstPgbench.Measure),
    ("crowd", TwoHundredAtOneTime.Measure),
    ("booking", BookToConfirmed.Measure),
];

if (args.FirstOrDefault(a => all.All(m => m.Name != a)) is { } unknown)
{
    Console.Error.WriteLine($"There is no measurement '{unknown}'. There are: {string.Join(", ", all.Select(m => m.Name))}.");
    return 2;
}
foreach (var (name, measure) in all.Where(m => args.Length == 0 || args.Contains(m.Name)))
{
    Console.WriteLine($"## {name}");
    await measure(product);
    Console.WriteLine();
}
return 0;

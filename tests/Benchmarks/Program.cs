using Benchmarks;

// Measures a running product (./deploy/run) from outside: dotnet run -c Release --project tests/Benchmarks [name …]
var product = new Lazy<Running>(() => Running.Find(Environment.GetEnvironmentVariable("LOCAL_DIR") ?? ".local"));
(string Name, Func<Lazy<Running>, Task> Measure)[] all =
[
    ("engine", _ => OpeningsEngine.Measure()),
    ("memory", p => IdleMemory.Measure(p.Value)),
    ("openings", p => SixtyDaysOfOpenings.Measure(p.Value)),
    ("search", p => SearchAgainstPgbench.Measure(p.Value)),
    ("scale", p => SearchAtScale.Measure(p.Value)),
    ("growth", p => SearchGrowth.Measure(p.Value)),
    ("rebuild", p => RebuildWhileSearched.Measure(p.Value)),
    ("crowd", p => TwoHundredAtOneTime.Measure(p.Value)),
    ("races", p => ThousandRaces.Measure(p.Value)),
    ("booking", p => BookToConfirmed.Measure(p.Value)),
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

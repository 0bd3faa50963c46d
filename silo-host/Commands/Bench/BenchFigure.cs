namespace Worcr.SiloHost.Commands.Bench;

/// <summary>One thing to measure.</summary>
/// <param name="Key">Its name in <c>--only</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="NeedsStore">Whether it is measured on each store.</param>
/// <param name="Measure">Measures it once.</param>
public sealed record BenchFigure(string Key, string Title, bool NeedsStore, Func<BenchSite, CancellationToken, Task<BenchSample>> Measure);

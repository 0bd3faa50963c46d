namespace Worcr.SiloHost.Commands.Bench;

/// <summary>One measured number.</summary>
/// <param name="Name">What it is, such as <c>p99</c>; empty when the figure has only one.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The number.</param>
public sealed record BenchValue(string Name, string Unit, double Value);

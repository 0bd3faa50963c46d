using Worcr.Protocol;

namespace Worcr.HubBench;

/// <summary>A report as an ordinary serialiser sees it.</summary>
internal sealed record WireReport(string Lease, string Outcome, RawJson? Result, double Ms);

using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>The argument of the hub's <c>Report</c>: the reports, or why they are refused.</summary>
/// <param name="Reports">The reports.</param>
/// <param name="Fault">What is wrong with them, or null.</param>
public sealed record ReportBatch(IReadOnlyList<Report> Reports, WorkerCallException? Fault = null);

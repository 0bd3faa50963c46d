namespace Worcr.SiloHost.Commands.Demo;

/// <summary>One tenant or type at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Queued">Jobs that wait.</param>
/// <param name="Running">Jobs that run.</param>
/// <param name="Done">Jobs that have succeeded.</param>
/// <param name="Expected">Jobs that were enqueued.</param>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="Rate">Jobs a second, lately.</param>
/// <param name="FinishedAfter">When the last of the expected jobs succeeded, or null.</param>
public sealed record DemoGroup(string Name, long Queued, long Running, long Done, long Expected, long Failed, double Rate, TimeSpan? FinishedAfter);

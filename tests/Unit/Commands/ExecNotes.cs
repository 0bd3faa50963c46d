using System.Collections.Concurrent;
using Worcr.SiloHost.Commands.Work;

namespace Worcr.Unit.Commands;

/// <summary>Keeps what a program says, and lets a test wait for it.</summary>
internal sealed class ExecNotes : IExecNotes
{
    private readonly TaskCompletionSource _progressed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> All { get; } = new();

    /// <summary>The first progress of a program that runs.</summary>
    public Task Progressed => _progressed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task CheckpointAsync(string name, string json) => Keep($"checkpoint {name} {json}");

    public Task ProgressAsync(string name, double done, double total)
    {
        _progressed.TrySetResult();
        return Keep($"progress {name} {done}/{total}");
    }

    public Task LogAsync(string level, string line) => Keep($"{level}: {line}");

    private Task Keep(string note)
    {
        All.Enqueue(note);
        return Task.CompletedTask;
    }
}

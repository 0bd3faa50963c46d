using System.Globalization;
using Worcr.Core.Schedules;

namespace Worcr.Grains.Batches;

/// <summary>A batch in the dispatcher's memory.</summary>
internal sealed class BatchGrain(BatchDefinition definition, BatchState state)
{
    public BatchDefinition Definition { get; } = definition;

    public BatchState State { get; set; } = state;

    public BatchGraph Graph { get; } = new(definition.Nodes, state.Nodes);

    /// <summary>The flush with the last state: the next one must not overtake it.</summary>
    public long StateFlush { get; set; }

    /// <summary>Whether it stands among those to be settled.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Nodes to be made ready or cancelled.</summary>
    public List<int> ToRelease { get; } = [];

    public Guid Id => Definition.Id;

    public long Total => State.Succeeded + State.Failed + State.Pending;

    /// <summary>Callbacks whose condition holds and that were not enqueued.</summary>
    public BatchCallback Due
    {
        get
        {
            var due = State.Failed > 0 ? BatchCallback.Failure : BatchCallback.None;
            if (!State.IsOpen && State.Pending == 0) due |= BatchCallback.Complete | (State.Failed == 0 ? BatchCallback.Success : BatchCallback.None);
            return due & ~State.Fired;
        }
    }

    public byte[]? TemplateOf(BatchCallback callback) => callback switch
    {
        BatchCallback.Success => Definition.OnSuccess,
        BatchCallback.Failure => Definition.OnFailure,
        BatchCallback.Complete => Definition.OnComplete,
        _ => null,
    };

    /// <summary>The id of a callback's job: the same whoever computes it and how often.</summary>
    public Guid IdOf(string ns, BatchCallback callback) =>
        OccurrenceId.Create(ns, string.Create(CultureInfo.InvariantCulture, $"{Definition.Life:x16}/{Id:n}/{callback}"), Definition.CreatedAt);
}

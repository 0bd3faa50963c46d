namespace Worcr.Client.Running;

/// <summary>Which handler does which type.</summary>
internal sealed class HandlerTable(IReadOnlyDictionary<string, JobInvoker> handlers)
{
    /// <summary>The type that stands for all.</summary>
    public const string All = "*";

    private static readonly RawInvoker None = new(static job =>
        throw new JobFailedException($"This worker has no handler for {job.Type}.") { Code = "no_handler" });

    private readonly Dictionary<string, JobInvoker> _handlers = new(handlers, StringComparer.Ordinal);

    /// <summary>The types, as the worker registers them.</summary>
    public IReadOnlyList<string> Types => [.. _handlers.Keys];

    /// <summary>The handler of a type.</summary>
    public JobInvoker Find(string type) =>
        _handlers.TryGetValue(type, out var handler) || _handlers.TryGetValue(All, out handler) ? handler : None;
}

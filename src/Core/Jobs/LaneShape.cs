namespace Worcr.Core.Jobs;

/// <summary>
/// What makes a lane: all ready jobs of equal shape are treated alike. Immutable, with its hash computed once.
/// </summary>
public sealed class LaneShape : IEquatable<LaneShape>
{
    private readonly int _hash;

    /// <summary>Creates a shape. <paramref name="tags"/> and <paramref name="args"/> must be sorted (ordinal, by path) and without repeats.</summary>
    public LaneShape(string type, string tenant, string queue, string[] tags, double weight, long sloMs, string? orderKey, ArgValue[]? args = null)
    {
        Args = args ?? [];
        Type = type;
        Tenant = tenant;
        Queue = queue;
        Tags = tags;
        Weight = weight;
        SloMs = sloMs;
        OrderKey = orderKey;
        var hash = new HashCode();
        hash.Add(type);
        hash.Add(tenant);
        hash.Add(queue);
        hash.Add(weight);
        hash.Add(sloMs);
        hash.Add(orderKey);
        foreach (var tag in tags) hash.Add(tag);
        foreach (var arg in Args) hash.Add(arg);
        _hash = hash.ToHashCode();
    }

    /// <summary>The kind of work, such as <c>email.send</c>.</summary>
    public string Type { get; }

    /// <summary>On whose behalf; <c>""</c> is the tenant of jobs that name none.</summary>
    public string Tenant { get; }

    /// <summary>The queue label. Default: <c>default</c>.</summary>
    public string Queue { get; }

    /// <summary>Tags, sorted and without repeats.</summary>
    public string[] Tags { get; }

    /// <summary>How much the jobs matter relative to others; above 0. Default: 1.</summary>
    public double Weight { get; }

    /// <summary>The objective from enqueue to start, in milliseconds; 0: none.</summary>
    public long SloMs { get; }

    /// <summary>Jobs of the same key run one at a time, in order; null: no order.</summary>
    public string? OrderKey { get; }

    /// <summary>The values of the arguments that rules looked at when the job came to this lane, by path.</summary>
    public ArgValue[] Args { get; }

    /// <summary>The value at a path; null when there is none, or nobody looked.</summary>
    public string? ValueOf(string path)
    {
        foreach (var arg in Args)
        {
            if (arg.Path == path) return arg.Value;
        }

        return null;
    }

    /// <summary>The same shape with other values of the arguments.</summary>
    public LaneShape WithArgs(ArgValue[] args) => new(Type, Tenant, Queue, Tags, Weight, SloMs, OrderKey, args);

    /// <summary>The same shape with another weight.</summary>
    public LaneShape WithWeight(double weight) => new(Type, Tenant, Queue, Tags, weight, SloMs, OrderKey, Args);

    /// <inheritdoc />
    public bool Equals(LaneShape? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (_hash == other._hash
                && Type == other.Type
                && Tenant == other.Tenant
                && Queue == other.Queue
                && Weight.Equals(other.Weight)
                && SloMs == other.SloMs
                && OrderKey == other.OrderKey
                && Tags.AsSpan().SequenceEqual(other.Tags)
                && Args.AsSpan().SequenceEqual(other.Args)));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LaneShape);

    /// <inheritdoc />
    public override int GetHashCode() => _hash;
}

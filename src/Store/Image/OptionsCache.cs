namespace Worcr.Store.Image;

/// <summary>Gives jobs of equal stored options one shared instance. Direct-mapped and so bounded; options that belong to one job (a key, meta, a job that follows) stay out.</summary>
internal static class OptionsCache
{
    private const int Slots = 256;
    private static readonly Entry?[] Entries = new Entry?[Slots];

    /// <summary>The options that <paramref name="stored"/> stands for.</summary>
    public static JobOptions Decode(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty) return JobOptions.Default;
        var hash = default(HashCode);
        hash.AddBytes(stored);
        ref var slot = ref Entries[(uint)hash.ToHashCode() % Slots];
        if (slot is { } entry && stored.SequenceEqual(entry.Stored)) return entry.Options;
        var options = JobOptionsCodec.Decode(stored);
        if (options is { Unique: null, Meta: null, Then: null }) slot = new Entry(stored.ToArray(), options);
        return options;
    }

    private sealed record Entry(byte[] Stored, JobOptions Options);
}

namespace Worcr.Store.Journal;

/// <summary>
/// The leases of a journal row. Format 1: count, table of the workers' names, then per lease seq, attempt (with the polled flag as its lowest bit), nonce
/// (4 bytes), started, deadline (relative to started), number of the worker; seq and started each as the difference to the lease before.
/// </summary>
internal static class LeaseBlob
{
    private const byte Format = 1;

    /// <summary>The blob, or null when there are none.</summary>
    public static byte[]? Write(IReadOnlyList<LeaseEntry> leases)
    {
        if (leases.Count == 0) return null;
        var workers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var lease in leases) workers.TryAdd(lease.Worker, workers.Count);
        var blob = new BlobWriter(Format);
        blob.Count(leases.Count);
        blob.Table(workers);
        long seq = 0, started = 0;
        foreach (var lease in leases)
        {
            blob.Signed(lease.Seq - seq);
            blob.Unsigned(((ulong)lease.Attempt << 1) | (lease.IsPolled ? 1UL : 0UL));
            blob.UInt32(lease.Nonce);
            blob.Signed(lease.StartedAt - started);
            blob.Signed(lease.DeadlineAt - lease.StartedAt);
            blob.Count(workers[lease.Worker]);
            (seq, started) = (lease.Seq, lease.StartedAt);
        }

        return blob.ToArray();
    }

    /// <summary>The leases in <paramref name="blob"/>.</summary>
    public static LeaseEntry[] Read(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return [];
        var reader = new BlobReader(blob, Format);
        var leases = new LeaseEntry[reader.Count()];
        var workers = reader.Table();
        long seq = 0, started = 0;
        for (var i = 0; i < leases.Length; i++)
        {
            seq += reader.Signed();
            var attempt = reader.Unsigned();
            var nonce = reader.UInt32();
            started += reader.Signed();
            var deadline = started + reader.Signed();
            leases[i] = new LeaseEntry(seq, (int)(attempt >> 1), nonce, started, deadline, workers[reader.Count()], (attempt & 1) != 0);
        }

        return leases;
    }
}

namespace Worcr.Store.Journal;

/// <summary>One row of the journal, as it is stored.</summary>
internal sealed record JournalRow(long Number, byte[]? Leases, byte[]? Strands, byte[]? Permits)
{
    /// <summary>The row of a flush; null when it needs none.</summary>
    public static JournalRow? Of(Flush flush) => flush.Leases.Count + flush.Strands.Count + flush.Permits.Count == 0
        ? null
        : new(flush.Number, LeaseBlob.Write(flush.Leases), StrandBlob.Write(flush.Strands), PermitBlob.Write(flush.Permits, []));

    /// <summary>The row that stands for those that a fold removes.</summary>
    public static JournalRow Of(JournalFold fold) => new(fold.Below - 1, LeaseBlob.Write(fold.OpenLeases), null, PermitBlob.Write(fold.Held, fold.Limits));
}

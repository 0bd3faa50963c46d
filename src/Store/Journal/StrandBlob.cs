namespace Worcr.Store.Journal;

/// <summary>The strands' changes of a journal row. Format 1: count, then per strand lane (the difference to the one before), priority, delta.</summary>
internal static class StrandBlob
{
    private const byte Format = 1;

    /// <summary>The blob, or null when there are none.</summary>
    public static byte[]? Write(IReadOnlyList<StrandDelta> strands)
    {
        if (strands.Count == 0) return null;
        var blob = new BlobWriter(Format);
        blob.Count(strands.Count);
        long lane = 0;
        foreach (var strand in strands)
        {
            blob.Signed(strand.LaneId - lane);
            blob.Signed(strand.Priority);
            blob.Signed(strand.Delta);
            lane = strand.LaneId;
        }

        return blob.ToArray();
    }

    /// <summary>The changes in <paramref name="blob"/>.</summary>
    public static StrandDelta[] Read(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return [];
        var reader = new BlobReader(blob, Format);
        var strands = new StrandDelta[reader.Count()];
        long lane = 0;
        for (var i = 0; i < strands.Length; i++)
        {
            lane += reader.Signed();
            strands[i] = new StrandDelta(lane, (int)reader.Signed(), (int)reader.Signed());
        }

        return strands;
    }
}

using Worcr.Store.Image;

namespace Worcr.Store.Journal;

/// <summary>
/// The limits of a journal row. Format 1: table of the names and keys; count of uses, then per use limit, key, count, time (the difference to the use
/// before), attempt and, unless that is 0, seq (the difference to the holder before); count of states, then per state limit, key, its bytes.
/// </summary>
internal sealed class PermitBlob
{
    private const byte Format = 1;
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    private PermitBlob()
    {
    }

    /// <summary>The blob, or null when there is nothing to say.</summary>
    public static byte[]? Write(IReadOnlyList<PermitUse> uses, IReadOnlyList<LimitState> states) =>
        uses.Count + states.Count == 0 ? null : new PermitBlob().Written(uses, states);

    /// <summary>What is in <paramref name="blob"/>.</summary>
    public static (PermitUse[] Uses, LimitState[] States) Read(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return ([], []);
        var reader = new BlobReader(blob, Format);
        var texts = reader.Table();
        return (Uses(ref reader, texts), States(ref reader, texts));
    }

    private static PermitUse[] Uses(ref BlobReader reader, string[] texts)
    {
        var uses = new PermitUse[reader.Count()];
        long at = 0, holder = 0;
        for (var i = 0; i < uses.Length; i++)
        {
            var (limit, key, count) = (texts[reader.Count()], texts[reader.Count()], (int)reader.Signed());
            at += reader.Signed();
            var attempt = reader.Count();
            if (attempt > 0) holder += reader.Signed();
            uses[i] = new PermitUse(limit, key, count, at, attempt > 0 ? holder : 0, attempt);
        }

        return uses;
    }

    private static LimitState[] States(ref BlobReader reader, string[] texts)
    {
        var states = new LimitState[reader.Count()];
        for (var i = 0; i < states.Length; i++) states[i] = new LimitState(texts[reader.Count()], texts[reader.Count()], reader.Bytes());
        return states;
    }

    private byte[] Written(IReadOnlyList<PermitUse> uses, IReadOnlyList<LimitState> states)
    {
        foreach (var use in uses) Name(use.Limit, use.Key);
        foreach (var state in states) Name(state.Limit, state.Key);
        var blob = new BlobWriter(Format);
        blob.Table(_texts);
        blob.Count(uses.Count);
        Write(blob, uses);
        blob.Count(states.Count);
        foreach (var state in states)
        {
            blob.Count(_texts[state.Limit]);
            blob.Count(_texts[state.Key]);
            blob.Bytes(state.State);
        }

        return blob.ToArray();
    }

    private void Write(BlobWriter blob, IReadOnlyList<PermitUse> uses)
    {
        long at = 0, holder = 0;
        foreach (var use in uses)
        {
            if (use.Seq < 0 || use.Attempt < 0 || use.Seq == 0 != (use.Attempt == 0))
                throw new ArgumentException($"a permit is held by job {use.Seq}, attempt {use.Attempt}: both or neither must be 0", nameof(uses));
            blob.Count(_texts[use.Limit]);
            blob.Count(_texts[use.Key]);
            blob.Signed(use.Count);
            blob.Signed(use.At - at);
            blob.Count(use.Attempt);
            if (use.Attempt > 0) blob.Signed(use.Seq - holder);
            (at, holder) = (use.At, use.Attempt > 0 ? use.Seq : holder);
        }
    }

    private void Name(string limit, string key)
    {
        _texts.TryAdd(StoredText.CheckUnicode(limit, "a limit's name"), _texts.Count);
        _texts.TryAdd(StoredText.CheckUnicode(key, "a limit's key"), _texts.Count);
    }
}

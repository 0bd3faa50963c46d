namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>
/// The lane shapes seen lately, so that jobs of one lane share one object, and the lists of tags, which lanes share. Tables of fixed size as in <see cref="TextCache"/>;
/// shapes with an order key, of which there may be as many as jobs, are not kept.
/// </summary>
internal sealed class ShapeCache
{
    private const int Slots = 4_096;
    private const uint Factor = 0x9E37_79B1;
    private readonly LaneShape?[] _slots = new LaneShape?[Slots];
    private readonly string[]?[] _tagLists = new string[]?[Slots];

    /// <summary>The shape of a draft.</summary>
    public LaneShape Find(in JobDraft draft, ReadOnlySpan<TextEntry> tags)
    {
        if (draft.OrderKey is not null) return Create(draft, tags);
        ref var slot = ref _slots[Hash(draft, tags) % Slots];
        var shape = slot;
        if (shape is not null && Same(shape, draft, tags)) return shape;
        return slot = Create(draft, tags);
    }

    /// <summary>Whether a shape is the one of a draft.</summary>
    public static bool Same(LaneShape shape, in JobDraft draft, ReadOnlySpan<TextEntry> tags)
    {
        if (!shape.Weight.Equals(draft.Weight) || shape.SloMs != draft.SloMs) return false;
        if (shape.Type != draft.Type!.Text || shape.Tenant != (draft.Tenant?.Text ?? "") || shape.Queue != (draft.Queue?.Text ?? JobDraft.DefaultQueue)) return false;
        return shape.OrderKey == draft.OrderKey && Same(shape.Tags, tags);
    }

    private static bool Same(string[] list, ReadOnlySpan<TextEntry> tags)
    {
        if (list.Length != tags.Length) return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (list[i] != tags[i].Text) return false;
        }

        return true;
    }

    private LaneShape Create(in JobDraft draft, ReadOnlySpan<TextEntry> tags) => new(
        draft.Type!.Text, draft.Tenant?.Text ?? "", draft.Queue?.Text ?? JobDraft.DefaultQueue, ListOf(tags), draft.Weight, draft.SloMs, draft.OrderKey);

    private string[] ListOf(ReadOnlySpan<TextEntry> tags)
    {
        if (tags.IsEmpty) return [];
        ref var slot = ref _tagLists[Hash(0, tags) % Slots];
        var list = slot;
        if (list is not null && Same(list, tags)) return list;
        list = new string[tags.Length];
        for (var i = 0; i < list.Length; i++) list[i] = tags[i].Text;
        return slot = list;
    }

    private static uint Hash(in JobDraft draft, ReadOnlySpan<TextEntry> tags)
    {
        var hash = draft.Type!.Hash;
        hash = (hash * Factor) ^ (draft.Tenant?.Hash ?? 1);
        hash = (hash * Factor) ^ (draft.Queue?.Hash ?? 2);
        hash = (hash * Factor) ^ (uint)(BitConverter.DoubleToUInt64Bits(draft.Weight) >> 32);
        return Hash((hash * Factor) ^ (uint)draft.SloMs, tags);
    }

    private static uint Hash(uint hash, ReadOnlySpan<TextEntry> tags)
    {
        foreach (var tag in tags) hash = (hash * Factor) ^ tag.Hash;
        hash *= Factor;
        return hash ^ (hash >> 15);
    }
}

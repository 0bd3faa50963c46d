namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>
/// The lane shapes seen lately, so that jobs of one lane share one object. A table of fixed size as in <see cref="TextCache"/>;
/// shapes with an order key, of which there may be as many as jobs, are not kept.
/// </summary>
internal sealed class ShapeCache
{
    private const int Slots = 4_096;
    private readonly LaneShape?[] _slots = new LaneShape?[Slots];

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
        if (shape.Tags.Length != tags.Length) return false;
        if (!shape.Weight.Equals(draft.Weight) || shape.SloMs != draft.SloMs) return false;
        if (shape.Type != draft.Type!.Text || shape.Tenant != (draft.Tenant?.Text ?? "") || shape.Queue != (draft.Queue?.Text ?? JobDraft.DefaultQueue)) return false;
        if (shape.OrderKey != draft.OrderKey) return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (shape.Tags[i] != tags[i].Text) return false;
        }

        return true;
    }

    private static LaneShape Create(in JobDraft draft, ReadOnlySpan<TextEntry> tags)
    {
        var names = tags.Length == 0 ? [] : new string[tags.Length];
        for (var i = 0; i < names.Length; i++) names[i] = tags[i].Text;
        return new LaneShape(
            draft.Type!.Text, draft.Tenant?.Text ?? "", draft.Queue?.Text ?? JobDraft.DefaultQueue, names, draft.Weight, draft.SloMs, draft.OrderKey);
    }

    private static uint Hash(in JobDraft draft, ReadOnlySpan<TextEntry> tags)
    {
        const uint Factor = 0x9E37_79B1;
        var hash = draft.Type!.Hash;
        hash = (hash * Factor) ^ (draft.Tenant?.Hash ?? 1);
        hash = (hash * Factor) ^ (draft.Queue?.Hash ?? 2);
        hash = (hash * Factor) ^ (uint)(BitConverter.DoubleToUInt64Bits(draft.Weight) >> 32);
        hash = (hash * Factor) ^ (uint)draft.SloMs;
        foreach (var tag in tags) hash = (hash * Factor) ^ tag.Hash;
        hash *= Factor;
        return hash ^ (hash >> 15);
    }
}

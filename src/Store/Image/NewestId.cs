namespace Worcr.Store.Image;

/// <summary>An id that was used again after its first job had finished belongs to the newest job.</summary>
internal static class NewestId
{
    public static IReadOnlyList<KnownId> OfEach(IEnumerable<KnownId> ids) =>
        [.. ids.GroupBy(k => k.Id).Select(g => g.MaxBy(k => (IsLive: !k.State.IsFinal(), k.Seq))).OrderBy(k => k.Seq)];
}

namespace Worcr.Store;

/// <summary>Gives a unique key back if <paramref name="Seq"/> still holds it.</summary>
public readonly record struct UniqueRelease(string Key, long Seq);

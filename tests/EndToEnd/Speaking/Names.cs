namespace Worcr.EndToEnd.Speaking;

/// <summary>Names that no other test uses, so that tests may share a silo.</summary>
internal static class Names
{
    public static string New(string stem) => $"{stem}-{Guid.NewGuid().ToString("N")[..12]}";
}

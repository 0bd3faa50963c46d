namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The fields of the uniqueness that is being read.</summary>
internal struct UniqueDraft
{
    public const int KeyField = 1;
    public const int UntilField = 2;
    public const int ForField = 4;
    public const int OnConflictField = 8;

    public int Seen;
    public string? Key;
    public UniqueUntil Until;
    public long ForMs;
    public UniqueConflict OnConflict;

    /// <summary>The bit of a name; 0 when it is not known.</summary>
    public static int FieldOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("key"u8) ? KeyField
        : name.SequenceEqual("until"u8) ? UntilField
        : name.SequenceEqual("for"u8) ? ForField
        : name.SequenceEqual("onConflict"u8) ? OnConflictField
        : 0;

    /// <summary>The name of a bit.</summary>
    public static string NameOf(int field) => field switch
    {
        KeyField => "key",
        UntilField => "until",
        ForField => "for",
        _ => "onConflict",
    };
}

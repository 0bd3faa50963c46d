namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The fields of the retry policy that is being read.</summary>
internal struct RetryDraft()
{
    public const int MaxAttemptsField = 1;
    public const int MaxFailsField = 2;
    public const int BackoffField = 4;
    public const int BaseField = 8;
    public const int CapField = 16;
    public const int JitterField = 32;
    public const int StepAsideField = 64;

    public int Seen;
    public int MaxAttempts = RetryPolicy.Default.MaxAttempts;
    public int MaxFails;
    public Backoff Backoff;
    public long BaseMs;
    public long CapMs;
    public double Jitter = RetryPolicy.Default.Jitter;
    public bool StepsAside;

    /// <summary>The bit of a name; 0 when it is not known.</summary>
    public static int FieldOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("maxAttempts"u8) ? MaxAttemptsField
        : name.SequenceEqual("maxFails"u8) ? MaxFailsField
        : name.SequenceEqual("backoff"u8) ? BackoffField
        : name.SequenceEqual("base"u8) ? BaseField
        : name.SequenceEqual("cap"u8) ? CapField
        : name.SequenceEqual("jitter"u8) ? JitterField
        : name.SequenceEqual("stepAside"u8) ? StepAsideField
        : 0;

    /// <summary>The name of a bit.</summary>
    public static string NameOf(int field) => field switch
    {
        MaxAttemptsField => "maxAttempts",
        MaxFailsField => "maxFails",
        BackoffField => "backoff",
        BaseField => "base",
        CapField => "cap",
        JitterField => "jitter",
        _ => "stepAside",
    };

    /// <summary>The policy. The default of base or cap gives way when only the other was given and contradicts it.</summary>
    public readonly RetryPolicy Build()
    {
        var first = BaseMs > 0 ? BaseMs : RetryPolicy.Default.BaseMs;
        var cap = CapMs > 0 ? CapMs : RetryPolicy.Default.CapMs;
        return new RetryPolicy
        {
            MaxAttempts = MaxAttempts,
            MaxFails = MaxFails,
            Backoff = Backoff,
            BaseMs = CapMs > 0 ? Math.Min(first, cap) : first,
            CapMs = CapMs > 0 ? cap : Math.Max(first, cap),
            Jitter = Jitter,
            StepsAside = StepsAside,
        };
    }
}

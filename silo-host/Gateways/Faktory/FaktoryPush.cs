namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>One PUSH of several that are answered together.</summary>
/// <param name="job">Its job; null when it is refused already.</param>
internal sealed class FaktoryPush(Job? job)
{
    /// <summary>The job; null: the payload is none.</summary>
    public Job? Job { get; } = job;

    /// <summary>Why there is no job; null: it is enqueued.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Reads the argument of PUSH.</summary>
    public static FaktoryPush Read(ReadOnlyMemory<byte> argument, long now)
    {
        try
        {
            using var json = FaktoryJson.ParseObject(argument);
            return new FaktoryPush(FaktoryJobReader.Read(json.RootElement, now));
        }
        catch (FaktoryException error)
        {
            return new FaktoryPush(null) { Refusal = error };
        }
    }
}

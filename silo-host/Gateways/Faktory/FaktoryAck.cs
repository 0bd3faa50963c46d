namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>One ACK of several that are answered together.</summary>
/// <param name="Job">The job that is done.</param>
/// <param name="Refusal">Why it says nothing, or null.</param>
internal readonly record struct FaktoryAck(Guid Job, FaktoryException? Refusal)
{
    /// <summary>Reads the argument of ACK.</summary>
    public static FaktoryAck Read(ReadOnlyMemory<byte> argument)
    {
        try
        {
            using var json = FaktoryJson.ParseObject(argument);
            var jid = FaktoryClient.JidOf(json.RootElement, "invalid ACK: a jid is needed");
            return new FaktoryAck(FaktoryId.Of(jid), null);
        }
        catch (FaktoryException error)
        {
            return new FaktoryAck(Guid.Empty, error);
        }
    }
}

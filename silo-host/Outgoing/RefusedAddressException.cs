namespace Worcr.SiloHost.Outgoing;

/// <summary>A name stands for addresses to which the silo does not connect.</summary>
internal sealed class RefusedAddressException(string message) : IOException(message);

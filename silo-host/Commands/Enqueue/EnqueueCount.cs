namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>How far a file has been enqueued.</summary>
/// <param name="Jobs">Jobs accepted by the server.</param>
/// <param name="Bytes">Bytes of the file they reach to.</param>
public readonly record struct EnqueueCount(long Jobs, long Bytes);

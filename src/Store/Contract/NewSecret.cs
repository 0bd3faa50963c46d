namespace Worcr.Store;

/// <summary>Asks for a secret.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Fresh">What it shall be when there is none yet.</param>
public sealed record NewSecret(string Name, byte[] Fresh);

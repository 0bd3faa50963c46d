namespace Worcr.SiloHost.Auth;

/// <summary>Endpoint metadata: what a caller needs.</summary>
public sealed record NeededPermission(Permission Permission);

namespace Worcr.Protocol;

/// <summary>Matching jobs are discarded instead of started, and can be restored: the body of <c>PUT /v1/blackholes/{name}</c>.</summary>
public record BlackholeBody : ExpiringBody;

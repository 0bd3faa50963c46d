namespace Worcr.Protocol;

/// <summary>Matching jobs are not started; running ones finish: the body of <c>PUT /v1/pauses/{name}</c>.</summary>
public record PauseBody : ExpiringBody;

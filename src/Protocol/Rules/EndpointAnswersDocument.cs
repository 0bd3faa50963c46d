namespace Worcr.Protocol;

/// <summary>How requests to an endpoint ended, counted since the silo sends to it.</summary>
/// <param name="Done">Answered with a result.</param>
/// <param name="Later">Answered with 202.</param>
/// <param name="Refused">Answered with a status that says no.</param>
/// <param name="Bad">Answered with what cannot be understood or kept.</param>
/// <param name="Timeout">Not answered in time.</param>
/// <param name="Unreachable">Not connected, or the connection broke.</param>
public sealed record EndpointAnswersDocument(long Done, long Later, long Refused, long Bad, long Timeout, long Unreachable);

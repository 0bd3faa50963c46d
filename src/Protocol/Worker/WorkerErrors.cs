namespace Worcr.Protocol.Worker;

/// <summary>Error codes that only worker gateways give, beside those of <see cref="ErrorCodes"/>.</summary>
public static class WorkerErrors
{
    /// <summary>The hub has no such method.</summary>
    public static readonly ErrorCode UnknownMethod = new("unknown_method", 404, "There is no such method");

    /// <summary>The connection has no session, or has one already.</summary>
    public static readonly ErrorCode NotRegistered = new("not_registered", 409, "The session does not allow it");

    /// <summary>An operator ended the worker: it is to leave.</summary>
    public static readonly ErrorCode Ended = new("worker_ended", 409, "The worker was ended");
}

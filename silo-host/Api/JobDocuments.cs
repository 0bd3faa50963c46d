using Worcr.Protocol;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Api;

/// <summary>Turns what dispatchers answer into wire documents.</summary>
public static class JobDocuments
{
    /// <summary>The whole job.</summary>
    public static JobDocument From(JobView view) => From(view, whole: true);

    /// <summary>A job in a list: without arguments and result.</summary>
    public static JobDocument Summary(JobView view) => From(view, whole: false);

    /// <summary>How a job ended.</summary>
    public static JobResult ResultOf(JobView view) =>
        new(view.Job.Id, StateNames.NameOf(view.Job.State), view.Outcome is null ? null : Raw(view.Outcome.Result), Failure(view.Outcome));

    private static JobDocument From(JobView view, bool whole)
    {
        var (job, outcome) = (view.Job, view.Outcome);
        var (shape, options) = (job.Shape, job.Options);
        return new JobDocument
        {
            Id = job.Id,
            State = StateNames.NameOf(job.State),
            Type = shape.Type,
            Args = whole ? Raw(job.Args) : null,
            Tenant = shape.Tenant.Length == 0 ? null : shape.Tenant,
            Tags = shape.Tags,
            Queue = shape.Queue,
            Weight = shape.Weight,
            Priority = job.Priority,
            Slo = Spans.Of(shape.SloMs),
            RunAt = WireTime.From(job.DueAt == Job.WaitsForJobs ? 0 : job.DueAt),
            ExpiresAt = WireTime.From(job.ExpiresAt),
            Timeout = new Duration(options.TimeoutMs),
            Retry = RetryOf(options.Retry),
            Unique = UniqueOf(options.Unique),
            OrderKey = shape.OrderKey,
            ResultTtl = Spans.Of(options.ResultTtlMs),
            Parent = options.Parent,
            Then = Raw(options.Then),
            Children = view.Children is { } children ? new ChildrenDocument(children.Pending, children.Succeeded, children.Failed) : null,
            Meta = Raw(options.Meta),
            Attempt = job.Attempt,
            Fails = job.Fails,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(job.CreatedAt),
            ReadyAt = WireTime.From(job.ReadyAt),
            StartedAt = WireTime.From(view.StartedAt),
            FinishedAt = WireTime.From(outcome?.FinishedAt ?? 0),
            Worker = view.Worker,
            Result = whole && !view.ResultExpired ? Raw(outcome?.Result) : null,
            Error = Failure(outcome),
            Checkpoints = whole ? Raw(job.Checkpoints) : null,
            Progress = Raw(job.Progress),
            Attempts = whole ? Raw(job.Attempts) : null,
        };
    }

    /// <summary>A retry policy.</summary>
    public static RetryOptions RetryOf(RetryPolicy policy) => new()
    {
        MaxAttempts = policy.MaxAttempts == 0 ? null : policy.MaxAttempts,
        MaxFails = policy.MaxFails == 0 ? null : policy.MaxFails,
        Backoff = WireChoices.Backoff.NameOf(policy.Backoff),
        Base = new Duration(policy.BaseMs),
        Cap = new Duration(policy.CapMs),
        Jitter = policy.Jitter,
        StepAside = policy.StepsAside ? true : null,
    };

    private static UniqueOptions? UniqueOf(UniquePolicy? policy) => policy is null ? null : new UniqueOptions
    {
        Key = policy.Key,
        Until = policy.Until switch
        {
            UniqueUntil.Started => "started",
            UniqueUntil.Expired => "expired",
            _ => "finished",
        },
        For = Spans.Of(policy.ForMs),
        OnConflict = policy.OnConflict switch
        {
            UniqueConflict.Reject => "reject",
            UniqueConflict.Replace => "replace",
            _ => "return",
        },
    };

    private static JobFailure? Failure(Store.JobOutcome? outcome) => outcome?.Error is { } error ? new JobFailure(error.Code, error.Message) : null;

    private static RawJson? Raw(byte[]? json) => json is null ? null : new RawJson(json);
}

using Worcr.Core.Rules;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api.Resources;

/// <summary><c>/v1/types</c></summary>
internal sealed class TypeResources() : TypedDescription<TypeBody, TypeRule, TypeDocument>(ResourceKind.Type, "types", "type")
{
    private static readonly TypeRule Defaults = new();

    protected override Fault? Convert(TypeBody body, out TypeRule? rule)
    {
        rule = null;
        var onViolation = ViolationAction.Report;
        RetryPolicy? retry = null;
        var fault = CheckDefaults(body)
            ?? CheckDurations(body)
            ?? ReadRetry(body.Retry, out retry)
            ?? WireChoices.OnViolation.Read("onViolation", body.OnViolation, out onViolation);
        if (fault is not null) return fault;
        rule = new TypeRule
        {
            TimeoutMs = body.Timeout?.Milliseconds ?? 0,
            Retry = retry,
            SloMs = body.Slo?.Milliseconds ?? 0,
            SloTarget = body.SloTarget ?? Defaults.SloTarget,
            Weight = body.Weight ?? 0,
            Queue = body.Queue,
            Priority = body.Priority,
            ResultTtlMs = body.ResultTtl?.Milliseconds ?? 0,
            Tags = body.Tags is null ? null : [.. body.Tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            MaxRunTimeMs = body.MaxRunTime?.Milliseconds ?? 0,
            CheckpointEveryMs = body.CheckpointEvery?.Milliseconds ?? 0,
            OnViolation = onViolation,
            IsSheddable = body.Sheddable ?? Defaults.IsSheddable,
        };
        return null;
    }

    protected override TypeDocument DocumentOf(string name, TypeRule rule, ResourceFigures figures) => new()
    {
        Name = name,
        Timeout = Spans.Of(rule.TimeoutMs),
        Retry = rule.Retry is null ? null : JobDocuments.RetryOf(rule.Retry),
        Slo = Spans.Of(rule.SloMs),
        SloTarget = rule.SloTarget,
        Weight = rule.Weight > 0 ? rule.Weight : null,
        Queue = rule.Queue,
        Priority = rule.Priority,
        ResultTtl = Spans.Of(rule.ResultTtlMs),
        Tags = rule.Tags,
        MaxRunTime = Spans.Of(rule.MaxRunTimeMs),
        CheckpointEvery = Spans.Of(rule.CheckpointEveryMs),
        OnViolation = WireChoices.OnViolation.NameOf(rule.OnViolation),
        Sheddable = rule.IsSheddable,
        Waiting = figures.Waiting,
        Running = figures.Running,
        Warnings = figures.Warnings,
    };

    private static Fault? CheckDefaults(TypeBody body) =>
        FieldChecks.Range("weight", body.Weight, WireLimits.MinWeight, WireLimits.MaxWeight)
        ?? FieldChecks.Name("queue", body.Queue)
        ?? FieldChecks.Names("tags", body.Tags, WireLimits.Tags)
        ?? (body.SloTarget is <= 0 or >= 1 ? FieldChecks.Invalid("sloTarget", "must be above 0 and below 1") : null);

    private static Fault? CheckDurations(TypeBody body) =>
        FieldChecks.Longer("timeout", body.Timeout)
        ?? FieldChecks.Longer("slo", body.Slo)
        ?? FieldChecks.Longer("resultTtl", body.ResultTtl)
        ?? FieldChecks.Longer("maxRunTime", body.MaxRunTime)
        ?? FieldChecks.Longer("checkpointEvery", body.CheckpointEvery);

    private static Fault? ReadRetry(RetryOptions? options, out RetryPolicy? policy)
    {
        policy = null;
        if (options is null) return null;
        var backoff = Backoff.Exponential;
        var fault = FieldChecks.Whole("retry.maxAttempts", options.MaxAttempts, 1, WireLimits.Attempts)
            ?? FieldChecks.Whole("retry.maxFails", options.MaxFails, 1, WireLimits.Attempts)
            ?? WireChoices.Backoff.Read("retry.backoff", options.Backoff, out backoff)
            ?? FieldChecks.Longer("retry.base", options.Base)
            ?? FieldChecks.Longer("retry.cap", options.Cap)
            ?? FieldChecks.Range("retry.jitter", options.Jitter, 0, 1)
            ?? (options is { Base: { } first, Cap: { } cap } && cap.Milliseconds < first.Milliseconds ? FieldChecks.Invalid("retry.cap", "must not be below base") : null);
        if (fault is not null) return fault;
        policy = new RetryDraft
        {
            MaxAttempts = options.MaxAttempts ?? 0,
            MaxFails = options.MaxFails ?? 0,
            Backoff = backoff,
            BaseMs = options.Base?.Milliseconds ?? 0,
            CapMs = options.Cap?.Milliseconds ?? 0,
            Jitter = options.Jitter ?? RetryPolicy.Default.Jitter,
        }.Build();
        return null;
    }
}

using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The retry policy of a job.</summary>
internal ref partial struct JobParser
{
    private bool ReadRetry()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return FailType("retry", "an object");
        var draft = new RetryDraft();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadRetryMember(ref draft)) return false;
        }

        if (draft is { BaseMs: > 0, CapMs: > 0 } && draft.CapMs < draft.BaseMs) return Fail("retry.cap", "must not be below base");
        _draft.Retry = draft.Build();
        return true;
    }

    private bool ReadRetryMember(ref RetryDraft draft)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        var name = Text(scratch);
        var field = RetryDraft.FieldOf(name);
        if (field == 0) return FailUnknown("retry.", name);
        if ((draft.Seen & field) != 0) return FailTwice("retry." + RetryDraft.NameOf(field));
        draft.Seen |= field;
        _json.Read();
        return ReadRetryField(field, ref draft);
    }

    private bool ReadRetryField(int field, ref RetryDraft draft)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            if (field == RetryDraft.MaxAttemptsField) draft.MaxAttempts = 0;
            return true;
        }

        return field switch
        {
            RetryDraft.MaxAttemptsField => ReadInteger("retry.maxAttempts", 1, WireLimits.Attempts, out draft.MaxAttempts),
            RetryDraft.MaxFailsField => ReadInteger("retry.maxFails", 1, WireLimits.Attempts, out draft.MaxFails),
            RetryDraft.BackoffField => ReadBackoff(out draft.Backoff),
            RetryDraft.BaseField => ReadDuration("retry.base", 1, out draft.BaseMs),
            RetryDraft.CapField => ReadDuration("retry.cap", 1, out draft.CapMs),
            RetryDraft.JitterField => ReadNumber("retry.jitter", 0, 1, out draft.Jitter),
            _ => ReadStepAside(out draft.StepsAside),
        };
    }

    private bool ReadStepAside(out bool stepsAside)
    {
        stepsAside = _json.TokenType == JsonTokenType.True;
        return stepsAside || _json.TokenType == JsonTokenType.False || FailType("retry.stepAside", "true or false");
    }

    private bool ReadBackoff(out Backoff backoff)
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        backoff = default;
        if (_json.TokenType != JsonTokenType.String) return FailType("retry.backoff", "a string");
        var text = Text(scratch);
        if (text.SequenceEqual("exponential"u8)) backoff = Backoff.Exponential;
        else if (text.SequenceEqual("linear"u8)) backoff = Backoff.Linear;
        else if (text.SequenceEqual("fixed"u8)) backoff = Backoff.Fixed;
        else return Fail("retry.backoff", "must be exponential, linear or fixed");
        return true;
    }
}

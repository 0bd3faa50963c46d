using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>
/// Reads jobs straight from UTF-8 into <see cref="Job"/>, field by field, with every bound checked. A method that answers false has set
/// <see cref="Fault"/>; text that is no JSON makes the reader throw <see cref="JsonException"/>.
/// </summary>
internal ref partial struct JobParser
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly ParseCaches _caches;
    private readonly long _now;
    private Utf8JsonReader _json;
    private JobDraft _draft;
    private TextEntry[]? _tags;
    private LaneShape? _lastShape;
    private bool _isMember;
    private JobOptions _lastOptions = JobOptions.Default;

    /// <summary>Reads one JSON text.</summary>
    /// <param name="body">Valid UTF-8.</param>
    /// <param name="depth">How deep it may nest.</param>
    /// <param name="caches">Shared by all.</param>
    /// <param name="now">Unix milliseconds.</param>
    public JobParser(ReadOnlySpan<byte> body, int depth, ParseCaches caches, long now)
    {
        _body = body;
        _caches = caches;
        _now = now;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = depth });
    }

    /// <summary>What was wrong.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>The token at which the parser is.</summary>
    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    public bool Advance() => _json.Read();

    /// <summary>Reads the job that starts at this token.</summary>
    public Job? Read()
    {
        _draft = new JobDraft();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            FailType("", "an object");
            return null;
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadField()) return null;
        }

        return Finish();
    }

    /// <summary>Reads the job of a schedule that starts at this token: what belongs to one run only is refused.</summary>
    public Job? ReadTemplate() =>
        Without([JobField.Id, JobField.RunAt, JobField.Delay, JobField.ExpiresAt, JobField.Batch, JobField.Parent], Read(), "belongs to one job, not to the job of a schedule");

    /// <summary>Reads a callback that starts at this token: it is enqueued once, with an id made for it.</summary>
    public Job? ReadCallback() =>
        Without(
            [JobField.Id, JobField.RunAt, JobField.Delay, JobField.ExpiresAt, JobField.Batch, JobField.Parent, JobField.Unique],
            Read(),
            "cannot be given for a job that follows others");

    /// <summary>Reads a job of a new batch that starts at this token; its name and what it waits for are somebody else's to read.</summary>
    public Job? ReadMember()
    {
        _isMember = true;
        return Without([JobField.Id, JobField.Batch, JobField.Parent, JobField.Unique], Read(), "cannot be given in a new batch: put such jobs into an open one");
    }

    private Job? Without(ReadOnlySpan<JobField> fields, Job? job, string why)
    {
        foreach (var field in fields)
        {
            if (job is null || !_draft.Gives(field)) continue;
            Fail(JobFields.NameOf(field), why);
            return null;
        }

        return job;
    }

    private bool ReadField()
    {
        Span<byte> scratch = stackalloc byte[ScratchBytes];
        var name = Text(scratch);
        var field = JobFields.Find(name);
        if (field == JobField.Unknown && _isMember && BatchMember.IsField(name)) return _json.TrySkip();
        if (field == JobField.Unknown) return FailUnknown("", name);
        if (_draft.Has(field)) return FailTwice(JobFields.NameOf(field));
        _draft.Seen |= 1u << (int)field;
        _json.Read();
        if (_json.TokenType != JsonTokenType.Null || field is JobField.Args or JobField.Type) return ReadField(field);
        _draft.Nulls |= 1u << (int)field;
        return true;
    }

    private bool ReadField(JobField field) => field switch
    {
        JobField.Type => ReadName("type", out _draft.Type),
        JobField.Args => ReadArgs(),
        JobField.Tenant => ReadName("tenant", out _draft.Tenant),
        JobField.Tags => ReadTags(),
        JobField.Queue => ReadName("queue", out _draft.Queue),
        JobField.Weight => ReadNumber("weight", WireLimits.MinWeight, WireLimits.MaxWeight, out _draft.Weight),
        JobField.Priority => ReadInteger("priority", int.MinValue, int.MaxValue, out _draft.Priority),
        JobField.Slo => ReadDuration("slo", 1, out _draft.SloMs),
        JobField.RunAt => ReadTime("runAt", out _draft.RunAt),
        JobField.Delay => ReadDuration("delay", 0, out _draft.DelayMs),
        JobField.ExpiresIn => ReadDuration("expiresIn", 1, out _draft.ExpiresInMs),
        JobField.ExpiresAt => ReadTime("expiresAt", out _draft.ExpiresAt),
        JobField.Timeout => ReadDuration("timeout", 1, out _draft.TimeoutMs),
        JobField.Retry => ReadRetry(),
        JobField.Unique => ReadUnique(),
        JobField.OrderKey => ReadString("orderKey", WireLimits.NameLength, out _draft.OrderKey),
        JobField.ResultTtl => ReadDuration("resultTtl", 1, out _draft.ResultTtlMs),
        JobField.Id => ReadId(),
        JobField.Batch => ReadUuid("batch", out _draft.Batch),
        JobField.Parent => ReadUuid("parent", out _draft.Parent),
        JobField.Then => ReadThen(),
        _ => ReadMeta(),
    };

    private Job? Finish()
    {
        if (_draft.Type is null)
        {
            Fail("type", "is required");
            return null;
        }

        if (_draft is { Batch: not null, Parent: not null })
        {
            Fail("batch", "cannot be given together with parent");
            return null;
        }

        if (!TryTimes(out var due, out var expires)) return null;
        return new Job
        {
            Id = _draft.Id,
            HasClientId = _draft.Id != Guid.Empty,
            Shape = Shape(),
            Priority = _draft.Priority,
            DueAt = due,
            ExpiresAt = expires,
            Args = _draft.Args ?? NullArgs,
            Options = Options(),
            Given = Given(),
        };
    }

    private bool TryTimes(out long due, out long expires)
    {
        due = 0;
        expires = 0;
        if (_draft is { RunAt: >= 0, DelayMs: >= 0 }) return Fail("delay", "cannot be given together with runAt");
        if (_draft is { ExpiresAt: >= 0, ExpiresInMs: >= 0 }) return Fail("expiresIn", "cannot be given together with expiresAt");
        if (_draft.RunAt > _now) due = _draft.RunAt;
        else if (_draft.DelayMs > 0) due = _now + _draft.DelayMs;
        var start = due == 0 ? _now : due;
        if (_draft.ExpiresInMs > 0) expires = start + _draft.ExpiresInMs;
        else if (_draft.ExpiresAt >= 0) expires = _draft.ExpiresAt;
        else return true;
        return expires > start || Fail("expiresAt", due == 0 ? "is in the past" : "is not after the time at which the job is due");
    }
}

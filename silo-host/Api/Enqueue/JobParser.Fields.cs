using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The fields that only a job has.</summary>
internal ref partial struct JobParser
{
    /// <summary>The arguments of a job that has none. Shared: nobody writes into arguments.</summary>
    private static readonly byte[] NullArgs = "null"u8.ToArray();

    private bool ReadArgs()
    {
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        var length = (int)_json.BytesConsumed - start;
        if (length > WireLimits.ArgsBytes) return FailSize("args", $"has {length} bytes; at most {WireLimits.ArgsBytes} are taken");
        _draft.Args = _body.Slice(start, length).ToArray();
        return true;
    }

    private bool ReadMeta()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return FailType("meta", "an object");
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        var length = (int)_json.BytesConsumed - start;
        if (length > WireLimits.MetaBytes) return FailSize("meta", $"has {length} bytes; at most {WireLimits.MetaBytes} are taken");
        _draft.Meta = _body.Slice(start, length).ToArray();
        return true;
    }

    private bool ReadTags()
    {
        if (_json.TokenType != JsonTokenType.StartArray) return FailType("tags", "an array of strings");
        _tags ??= new TextEntry[WireLimits.Tags];
        var count = 0;
        for (var i = 0; _json.Read() && _json.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == WireLimits.Tags) return Fail("tags", $"at most {WireLimits.Tags} are taken");
            if (!ReadName("tags", out var tag, i)) return false;
            count = InsertTag(tag!, count);
        }

        _draft.TagCount = count;
        return true;
    }

    /// <summary>Keeps the tags sorted (ordinal) and without repeats.</summary>
    private readonly int InsertTag(TextEntry tag, int count)
    {
        var tags = _tags!;
        var at = count;
        while (at > 0)
        {
            var order = string.CompareOrdinal(tags[at - 1].Text, tag.Text);
            if (order == 0) return count;
            if (order < 0) break;
            at--;
        }

        for (var i = count; i > at; i--) tags[i] = tags[i - 1];
        tags[at] = tag;
        return count + 1;
    }

    private bool ReadId()
    {
        if (_json.TokenType != JsonTokenType.String || !TryGuid(out var id)) return Fail("id", "must be a UUID such as 0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f");
        _draft.Id = id;
        return id != Guid.Empty || Fail("id", "must not be the nil UUID");
    }

    private bool ReadUuid(string path, out Guid? value)
    {
        value = null;
        if (_json.TokenType != JsonTokenType.String || !TryGuid(out var id)) return Fail(path, "must be a UUID such as 0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f");
        value = id;
        return true;
    }

    /// <summary>The job that follows is read as one, in the same pass, and kept as it was written.</summary>
    private bool ReadThen()
    {
        var start = (int)_json.TokenStartIndex;
        var (draft, tags, isMember) = (_draft, _tags, _isMember);
        (_tags, _isMember) = (null, false);
        var then = ReadCallback();
        (_draft, _tags, _isMember) = (draft, tags, isMember);
        if (then is null) return Set(Fault! with { Path = string.IsNullOrEmpty(Fault!.Path) ? "then" : $"then.{Fault!.Path}" });
        var length = (int)_json.BytesConsumed - start;
        if (length > WireLimits.MetaBytes) return FailSize("then", $"has {length} bytes; at most {WireLimits.MetaBytes} are taken");
        _draft.Then = _body.Slice(start, length).ToArray();
        return true;
    }

    private readonly JobGiven Given() =>
        Flag(JobField.Timeout, JobGiven.Timeout)
        | Flag(JobField.Retry, JobGiven.Retry)
        | Flag(JobField.Slo, JobGiven.Slo)
        | Flag(JobField.Weight, JobGiven.Weight)
        | Flag(JobField.Queue, JobGiven.Queue)
        | Flag(JobField.Priority, JobGiven.Priority)
        | Flag(JobField.ResultTtl, JobGiven.ResultTtl)
        | Flag(JobField.Tags, JobGiven.Tags);

    private readonly JobGiven Flag(JobField field, JobGiven flag) => _draft.Gives(field) ? flag : JobGiven.None;

    private LaneShape Shape()
    {
        ReadOnlySpan<TextEntry> tags = _tags.AsSpan(0, _draft.TagCount);
        if (_lastShape is not null && ShapeCache.Same(_lastShape, _draft, tags)) return _lastShape;
        return _lastShape = _caches.Shapes.Find(_draft, tags);
    }

    /// <summary>The options of the job: the shared defaults, or those of the job before when they are the same.</summary>
    private JobOptions Options()
    {
        if (_draft is { TimeoutMs: 0, ResultTtlMs: 0, Retry: null, Unique: null, Meta: null, Batch: null, Parent: null, Then: null }) return JobOptions.Default;
        var options = JobOptions.Default with
        {
            TimeoutMs = _draft.TimeoutMs == 0 ? JobOptions.Default.TimeoutMs : _draft.TimeoutMs,
            ResultTtlMs = _draft.ResultTtlMs,
            Retry = _draft.Retry ?? RetryPolicy.Default,
            Unique = _draft.Unique,
            Meta = _draft.Meta,
            Batch = _draft.Batch,
            Parent = _draft.Parent,
            Then = _draft.Then,
        };
        if (options != _lastOptions) _lastOptions = options;
        return _lastOptions;
    }
}

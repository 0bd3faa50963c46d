using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.Client.Hub;

/// <summary>Reads the jobs of a <c>Run</c>, in one pass and without an intermediate form.</summary>
internal ref struct JobReader(ReadOnlySpan<byte> json, NameCache names)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly NameCache _names = names;

    /// <summary>Reads the array that <paramref name="reader"/> (over the same bytes) stands on.</summary>
    public readonly List<JobContext> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("An array of jobs is expected.");
        var jobs = new List<JobContext>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) jobs.Add(ReadOne(ref reader));
        return jobs;
    }

    private readonly JobContext ReadOne(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A job is expected.");
        var job = new JobContext();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadMember(ref reader, job);
        return job.Lease.Length > 0 ? job : throw new JsonException("A job without a lease.");
    }

    private readonly void ReadMember(ref Utf8JsonReader reader, JobContext job)
    {
        var name = reader.ValueSpan;
        if (name.SequenceEqual("id"u8)) job.Id = reader.Read() ? reader.GetGuid() : default;
        else if (name.SequenceEqual("lease"u8)) job.Lease = reader.Read() ? reader.GetString()! : "";
        else if (name.SequenceEqual("type"u8)) job.Type = Name(ref reader);
        else if (name.SequenceEqual("args"u8)) job.Args = Raw(ref reader) is { IsEmpty: false } args ? args : job.Args;
        else if (name.SequenceEqual("tenant"u8)) job.Tenant = Name(ref reader);
        else if (name.SequenceEqual("queue"u8)) job.Queue = Name(ref reader);
        else if (name.SequenceEqual("tags"u8)) job.Tags = Names(ref reader);
        else if (name.SequenceEqual("attempt"u8)) job.Attempt = reader.Read() ? reader.GetInt32() : 0;
        else if (name.SequenceEqual("timeout"u8)) job.Timeout = Time(ref reader);
        else if (name.SequenceEqual("checkpoints"u8)) job.CheckpointsJson = Raw(ref reader);
        else if (name.SequenceEqual("meta"u8)) job.Meta = Raw(ref reader);
        else if (name.SequenceEqual("children"u8)) job.Children = Children(ref reader);
        else reader.Skip();
    }

    private static ChildrenDocument? Children(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonSerializer.Deserialize(ref reader, ProtocolJson.Default.ChildrenDocument);
    }

    private readonly string Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return "";
        return reader.ValueIsEscaped ? reader.GetString()! : _names.Of(reader.ValueSpan);
    }

    private readonly string[] Names(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return [];
        List<string>? list = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            (list ??= []).Add(reader.ValueIsEscaped ? reader.GetString()! : _names.Of(reader.ValueSpan));
        return list is null ? [] : [.. list];
    }

    private readonly ReadOnlyMemory<byte> Raw(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return reader.TokenType == JsonTokenType.Null ? default : _json[start..(int)reader.BytesConsumed].ToArray();
    }

    private static TimeSpan Time(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && Duration.TryParse(reader.ValueSpan, out var time) ? time.ToTimeSpan() : Timeout.InfiniteTimeSpan;
    }
}

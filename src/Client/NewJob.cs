using System.Text.Json;
using Worcr.Client.Http;

namespace Worcr.Client;

/// <summary>A job to enqueue together with others.</summary>
public abstract class NewJob
{
    private NewJob()
    {
    }

    /// <summary>Its name inside a batch, by which others come after it; null: it has none.</summary>
    public string? Name { get; private init; }

    /// <summary>Names of the jobs of its batch that have to succeed before it. Default: none.</summary>
    public IReadOnlyList<string> Prerequisites { get; private init; } = [];

    /// <summary>A job of any type with any arguments.</summary>
    /// <param name="type">The kind of work.</param>
    /// <param name="args">The arguments; <see cref="Protocol.RawJson"/> goes as it is.</param>
    /// <param name="options">What else there is to say.</param>
    public static NewJob Of<TArgs>(string type, TArgs args, JobRequestOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        return new Typed<TArgs>(type, args, options);
    }

    /// <summary>The same job with a name inside its batch.</summary>
    public NewJob Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return With(name, Prerequisites);
    }

    /// <summary>The same job, to start when these jobs of its batch have succeeded, too.</summary>
    /// <param name="names">Their names.</param>
    public NewJob After(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return With(Name, [.. Prerequisites, .. names]);
    }

    /// <summary>Writes it into a buffer of this thread; the bytes are good until the thread writes the next job.</summary>
    internal ReadOnlySpan<byte> Write(JobExtras extras, JsonSerializerOptions json) => JobBuffer.Write(this, extras, json);

    /// <summary>Writes it as a part of something larger.</summary>
    internal abstract void WriteTo(Utf8JsonWriter writer, JobExtras extras, JsonSerializerOptions json);

    private protected abstract NewJob With(string? name, IReadOnlyList<string> after);

    private sealed class Typed<TArgs>(string type, TArgs args, JobRequestOptions? options) : NewJob
    {
        internal override void WriteTo(Utf8JsonWriter writer, JobExtras extras, JsonSerializerOptions json) =>
            JobWriter.Write(writer, type, args, options, extras with { Name = Name, After = Prerequisites }, json);

        private protected override NewJob With(string? name, IReadOnlyList<string> after) => new Typed<TArgs>(type, args, options) { Name = name, Prerequisites = after };
    }
}

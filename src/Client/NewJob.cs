using System.Text.Json;
using Worcr.Client.Http;

namespace Worcr.Client;

/// <summary>A job to enqueue together with others.</summary>
public abstract class NewJob
{
    private NewJob()
    {
    }

    /// <summary>A job of any type with any arguments.</summary>
    /// <param name="type">The kind of work.</param>
    /// <param name="args">The arguments; <see cref="Protocol.RawJson"/> goes as it is.</param>
    /// <param name="options">What else there is to say.</param>
    public static NewJob Of<TArgs>(string type, TArgs args, JobRequestOptions? options = null) => new Typed<TArgs>(type, args, options);

    internal abstract ReadOnlySpan<byte> Write(Guid? id, JsonSerializerOptions json);

    private sealed class Typed<TArgs>(string type, TArgs args, JobRequestOptions? options) : NewJob
    {
        internal override ReadOnlySpan<byte> Write(Guid? id, JsonSerializerOptions json) => JobBuffer.Write(type, args, options, id, json);
    }
}

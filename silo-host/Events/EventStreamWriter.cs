using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Events;

/// <summary>Writes events as server-sent events. A reader that takes nothing for too long is given up.</summary>
internal sealed class EventStreamWriter(PipeWriter output, TimeProvider time)
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long a browser waits before it comes back after the end.</summary>
    public void Retry(int ms) => output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {ms}\n\n")));

    /// <summary>A comment, so that nobody between takes the connection for dead.</summary>
    public void KeepAlive() => output.Write(": keep-alive\n\n"u8);

    /// <summary>One event. Its JSON has no line breaks: neither serialisation makes any.</summary>
    public void Event(DispatcherEvent happened)
    {
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {happened.Id}\nevent: {happened.Event}\ndata: ")));
        output.Write(JsonSerializer.SerializeToUtf8Bytes(EventFilters.Document(happened), ProtocolJson.Default.EventDocument));
        output.Write("\n\n"u8);
    }

    /// <summary>Sends what is written; throws <see cref="TimeoutException"/> when the reader does not take it.</summary>
    public async ValueTask SendAsync(CancellationToken cancel)
    {
        var sent = output.FlushAsync(cancel);
        if (sent.IsCompletedSuccessfully) sent.GetAwaiter().GetResult();
        else await sent.AsTask().WaitAsync(SendTimeout, time, cancel);
    }
}

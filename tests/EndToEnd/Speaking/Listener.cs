namespace Worcr.EndToEnd.Speaking;

/// <summary>Listens to a silo's events as a stranger with an HTTP client does.</summary>
internal sealed class Listener(Uri silo, string events) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = silo };
    private StreamReader? _lines;

    /// <summary>The next event that is wanted.</summary>
    public Task<JsonElement> HeardAsync(Func<JsonElement, bool> wanted) => FindAsync(wanted).OrSay("the event was not heard");

    public void Dispose()
    {
        _lines?.Dispose();
        _http.Dispose();
    }

    private async Task<JsonElement> FindAsync(Func<JsonElement, bool> wanted)
    {
        var cancel = TestContext.Current.CancellationToken;
        _lines ??= new StreamReader(await _http.GetStreamAsync($"/v1/events?events={events}", cancel));
        while (await _lines.ReadLineAsync(cancel) is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal)) continue;
            var heard = JsonSerializer.Deserialize<JsonElement>(line["data:".Length..]);
            if (wanted(heard)) return heard;
        }

        throw new EndOfStreamException("The stream of events ended.");
    }
}

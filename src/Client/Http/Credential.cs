using System.Text.Json;

namespace Worcr.Client.Http;

/// <summary>What calls are authorised with: a fixed key, or what a function gives, kept until it is about to end or was refused.</summary>
internal sealed class Credential(string? key, Func<CancellationToken, ValueTask<string>>? source, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _asking = new(1);
    private volatile Issued? _issued;

    /// <summary>Whether another one can be had.</summary>
    public bool CanRenew => source is not null;

    /// <summary>One that is good as far as is known.</summary>
    public ValueTask<string?> GetAsync(CancellationToken cancel)
    {
        if (source is null) return new(key);
        var issued = _issued;
        return issued is not null && time.GetUtcNow() < issued.StaleAt ? new(issued.Key) : RenewAsync(issued?.Key, cancel);
    }

    /// <summary>Another one than <paramref name="former"/>; whoever asks at the same time gets the same.</summary>
    public async ValueTask<string?> RenewAsync(string? former, CancellationToken cancel)
    {
        await _asking.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (_issued is { } issued && issued.Key != former) return issued.Key;
            var given = await source!(cancel).ConfigureAwait(false);
            _issued = new Issued(given, StaleAt(given));
            return given;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>A quarter of its life before its end, 10 s at most; of a key that does not say when it ends: never.</summary>
    private DateTimeOffset StaleAt(string given)
    {
        if (EndOf(given) is not { } end) return DateTimeOffset.MaxValue;
        var left = end - time.GetUtcNow();
        return end - (left / 4 < LongestNotice ? left / 4 : LongestNotice);
    }

    /// <summary>The time <c>exp</c> of a JSON Web Token.</summary>
    private static DateTimeOffset? EndOf(string given)
    {
        try
        {
            if (given.Split('.') is not [_, { Length: > 0 } claims, _]) return null;
            using var json = JsonDocument.Parse(Base64Url(claims));
            return json.RootElement.TryGetProperty("exp", out var end) && end.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null; // it is no such token, and the server knows when it ends
        }
    }

    private static byte[] Base64Url(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    private sealed record Issued(string Key, DateTimeOffset StaleAt);
}

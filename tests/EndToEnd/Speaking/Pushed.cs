using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Worcr.EndToEnd.Speaking;

/// <summary>A request that a silo sent to an endpoint.</summary>
internal sealed class Pushed
{
    private readonly HttpContext _context;
    private readonly byte[] _body;
    private readonly Dictionary<string, string> _headers;
    private readonly TaskCompletionSource<(int Status, string Body, (string Name, string Value)[] Headers)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Pushed(HttpContext context, byte[] body)
    {
        (_context, _body) = (context, body);
        _headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        (Method, Path) = (context.Request.Method, context.Request.Path.ToString());
        Job = new Leased(JsonSerializer.Deserialize<JsonElement>(body));
    }

    public string Method { get; }

    public string Path { get; }

    public Leased Job { get; }

    /// <summary>The silo hung up before it was answered.</summary>
    public Task Aborted => _aborted.Task;

    public string? this[string header] => _headers.GetValueOrDefault(header);

    public void Answer(int status, string body = "", params (string Name, string Value)[] headers) => _answer.SetResult((status, body, headers));

    /// <summary>Fails unless the request is signed with a secret, as the Standard Webhooks specification says, now.</summary>
    public void ShouldBeSignedWith(string secret)
    {
        var (id, time) = (this["webhook-id"].ShouldNotBeNull(), this["webhook-timestamp"].ShouldNotBeNull());
        Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeLessThan(300);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. _body];
        var expected = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed);
        this["webhook-signature"].ShouldBe("v1," + Convert.ToBase64String(expected));
    }

    public async Task RunAsync()
    {
        await using var gone = _context.RequestAborted.Register(() => _aborted.TrySetResult());
        if (await Task.WhenAny(_answer.Task, _aborted.Task) == _aborted.Task) return;
        var (status, body, headers) = await _answer.Task;
        _context.Response.StatusCode = status;
        foreach (var (name, value) in headers) _context.Response.Headers[name] = value;
        if (body.Length > 0) await _context.Response.WriteAsync(body, _context.RequestAborted);
    }
}

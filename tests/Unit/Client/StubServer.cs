using System.Net;
using System.Text;

namespace Worcr.Unit.Client;

/// <summary>Answers the client's requests one after another as told.</summary>
public sealed class StubServer : HttpMessageHandler
{
    private readonly Lock _gate = new();

    /// <summary>What came: method, path with query, body.</summary>
    public List<(string Call, string Body)> Requests { get; } = [];

    /// <summary>The key of each request.</summary>
    public List<string?> Keys { get; } = [];

    /// <summary>Makes the answer; it may throw.</summary>
    public required Func<string, string, Task<(int Status, string Body)>> Answer { get; init; }

    public string? RetryAfter { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (_gate)
        {
            Requests.Add((call, body));
            Keys.Add(request.Headers.Authorization?.Parameter);
        }

        var (status, answer) = await Answer(call, body);
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        if (RetryAfter is not null) response.Headers.TryAddWithoutValidation("Retry-After", RetryAfter);
        return response;
    }
}

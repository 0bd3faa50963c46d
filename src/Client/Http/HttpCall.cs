namespace Worcr.Client.Http;

/// <summary>One call of the REST API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the namespace, with its query.</param>
/// <param name="Body">JSON, or empty.</param>
/// <param name="IsIdempotent">Whether making it twice does no harm.</param>
/// <param name="Wait">How long the server may take because the call asks it to wait.</param>
internal readonly record struct HttpCall(HttpMethod Method, string Path, ReadOnlyMemory<byte> Body = default, bool IsIdempotent = true, TimeSpan Wait = default);

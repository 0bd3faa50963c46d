using System.Net;

namespace Worcr.Client.Http;

/// <summary>A successful answer.</summary>
internal readonly record struct HttpAnswer(HttpStatusCode Status, byte[] Body);

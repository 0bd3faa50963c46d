using System.Text.Json;

namespace Worcr.Player;

/// <summary>Something the server called on a hub client.</summary>
internal sealed record HubCall(string Target, IReadOnlyList<JsonElement> Arguments);

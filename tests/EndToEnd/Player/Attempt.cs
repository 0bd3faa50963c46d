using System.Text.Json;

namespace Worcr.Player;

/// <summary>One leased attempt.</summary>
internal sealed record Attempt(string Lease, string Job, int Number)
{
    public static Attempt Read(JsonElement leased) => new(
        leased.GetProperty("lease").GetString()!, leased.GetProperty("id").GetString()!, leased.GetProperty("attempt").GetInt32());

    /// <summary>The report that completes it.</summary>
    public object Completion => new { lease = Lease, outcome = "complete", result = new { attempt = Number } };
}

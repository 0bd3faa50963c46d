namespace Worcr.EndToEnd.Speaking;

/// <summary>A job that a worker was given.</summary>
internal sealed record Leased(JsonElement Json)
{
    public string Id => Json.GetProperty("id").GetString()!;

    public string Lease => Json.GetProperty("lease").GetString()!;

    public string Type => Json.GetProperty("type").GetString()!;

    public string Tenant => Json.GetProperty("tenant").GetString()!;

    public int Attempt => Json.GetProperty("attempt").GetInt32();

    public JsonElement Args => Json.GetProperty("args");

    /// <summary>The checkpoints of earlier attempts.</summary>
    public JsonElement Checkpoints => Json.GetProperty("checkpoints");
}

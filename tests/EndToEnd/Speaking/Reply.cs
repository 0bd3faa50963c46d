namespace Worcr.EndToEnd.Speaking;

/// <summary>What the silo answered.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, string ContentType)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement>(Text);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{(int)Status} with a body that is no JSON: {Text}", e);
            }
        }
    }

    public JsonElement this[string name] => Json.GetProperty(name);

    /// <summary>Fails, showing the body, unless the status is the expected one.</summary>
    public Reply Expect(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text.Length > 2000 ? Text[..2000] : Text);
        return this;
    }

    /// <summary>Fails unless it is a problem document with a code; gives the code.</summary>
    public string ExpectProblem(HttpStatusCode status)
    {
        Expect(status);
        ContentType.ShouldBe("application/problem+json");
        var code = this["code"].GetString();
        code.ShouldNotBeNullOrWhiteSpace();
        return code;
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Connection;

/// <summary>What the server answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="RetryAfter">When the server wants to be asked again, or null.</param>
public sealed record ApiAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    /// <summary>Whether it worked.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as JSON.</summary>
    public JsonDocument Json()
    {
        try
        {
            return JsonDocument.Parse(Body);
        }
        catch (JsonException)
        {
            throw NotWorcr();
        }
    }

    /// <summary>The body as JSON, or the failure that the server named.</summary>
    public JsonDocument JsonOrFail() => IsSuccess ? Json() : throw new CommandException(Problem().ToString());

    /// <summary>The body as <typeparamref name="T"/>.</summary>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw NotWorcr();
        }
        catch (JsonException)
        {
            throw NotWorcr();
        }
    }

    /// <summary>What is wrong, when it did not work.</summary>
    public ApiProblem Problem()
    {
        try
        {
            if (JsonSerializer.Deserialize(Body, ProtocolJson.Default.Problem) is { Code: not null } problem) return ApiProblem.Of(Status, problem);
        }
        catch (JsonException)
        {
            return Plain();
        }

        return Plain();
    }

    private CommandException NotWorcr() => new($"the server's answer (HTTP {(int)Status}) is not Worcr's: is this a Worcr server?");

    private ApiProblem Plain() => new(Status, "", Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 300))), null);
}

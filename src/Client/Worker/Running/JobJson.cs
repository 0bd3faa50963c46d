using System.Text.Json;

namespace Worcr.Client.Running;

/// <summary>Reads arguments.</summary>
internal static class JobJson
{
    /// <summary>The arguments as <typeparamref name="TArgs"/>; arguments that do not fit fail the job for good.</summary>
    public static TArgs Args<TArgs>(JobContext context)
    {
        try
        {
            return JsonSerializer.Deserialize<TArgs>(context.Args.Span, context.Engine.Json)!;
        }
        catch (JsonException e)
        {
            throw new JobFailedException($"The arguments are no {typeof(TArgs).Name}: {e.Message}", e) { Code = "invalid_args", Final = true };
        }
    }
}

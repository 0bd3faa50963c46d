using Worcr.SiloHost.Auth;

namespace Worcr.SiloHost.Api;

/// <summary>One endpoint, with all that the OpenAPI document says of it.</summary>
internal sealed record ApiRoute(string Method, string Path, Permission Permission, RequestDelegate Handler)
{
    /// <summary>One line for people.</summary>
    public required string Summary { get; init; }

    /// <summary>The wire type of the body, or null.</summary>
    public Type? Request { get; init; }

    /// <summary>The wire type of the answer, or null.</summary>
    public Type? Answer { get; init; }

    /// <summary>The content type of the answer.</summary>
    public string Content { get; init; } = Answers.Json;

    /// <summary>The statuses that carry the answer.</summary>
    public int[] Statuses { get; init; } = [StatusCodes.Status200OK];

    /// <summary>The error statuses.</summary>
    public int[] Errors { get; init; } = [StatusCodes.Status400BadRequest];

    /// <summary>The names of its query parameters.</summary>
    public string[] Query { get; init; } = [];
}

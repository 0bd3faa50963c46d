using Microsoft.AspNetCore.Http.Features;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>The name in the path of a resource.</summary>
internal static class PathName
{
    private const string EscapedSlash = "%2F";

    /// <summary>Reads it. The server leaves an escaped slash in a path as it is, and so cannot be told from a name that has those three characters: what was sent decides.</summary>
    public static string Of(HttpContext context)
    {
        var name = context.GetRouteValue("name") as string ?? "";
        if (!name.Contains(EscapedSlash, StringComparison.OrdinalIgnoreCase)) return name;
        var path = context.Request.Path.Value!.Split('/');
        var sent = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Split('/');
        return sent.Length == path.Length ? Uri.UnescapeDataString(sent[Array.IndexOf(path, name)]) : name;
    }

    /// <summary>What is wrong with a name, or null.</summary>
    public static Fault? Check(string name) => TextCache.IsName(name) ? null : new Fault(ErrorCodes.InvalidParameter, FieldChecks.NameRule, "name");
}

using Worcr.Core.Rules;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>One kind of resource as the API shows it.</summary>
/// <param name="kind">Which of the core's kinds.</param>
/// <param name="path">Its path, such as <c>weights</c>.</param>
/// <param name="noun">What one is called, such as <c>weight</c>.</param>
internal abstract class ResourceDescription(ResourceKind kind, string path, string noun)
{
    /// <summary>Which of the core's kinds.</summary>
    public ResourceKind Kind => kind;

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>What one is called.</summary>
    public string Noun => noun;

    /// <summary>The wire type of a PUT.</summary>
    public abstract Type Body { get; }

    /// <summary>The wire type of an answer.</summary>
    public abstract Type Document { get; }

    /// <summary>The wire type of a list.</summary>
    public abstract Type List { get; }

    /// <summary>What holds when nothing was put; null: there is nothing then.</summary>
    public virtual Resource? Default => null;

    /// <summary>The resource in a request's body, or what is wrong with it.</summary>
    public abstract ValueTask<(Resource? Resource, Fault? Fault)> ReadAsync(HttpContext context, string name);

    /// <summary>The resource that a body says, or what is wrong with it.</summary>
    public abstract Fault? Read(object body, out Resource? resource);

    /// <summary>What is answered when a PUT made one.</summary>
    public virtual ResourceView Made(Resource sent, ResourceView made) => made;

    /// <summary>Answers with one.</summary>
    public abstract Task WriteAsync(HttpContext context, int status, ResourceView view);

    /// <summary>Answers with a list.</summary>
    public abstract Task WriteAllAsync(HttpContext context, IReadOnlyList<ResourceView> views);
}

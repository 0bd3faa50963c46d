using System.Text.Json.Serialization.Metadata;
using Worcr.Core.Rules;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>A kind of resource by its types: what is put, what the core keeps, what is answered.</summary>
internal abstract class TypedDescription<TBody, TRule, TDocument>(ResourceKind kind, string path, string noun) : ResourceDescription(kind, path, noun)
    where TBody : class
    where TRule : Resource
{
    private readonly JsonTypeInfo<TBody> _body = ShownBody.Of<TBody, TDocument>();

    /// <inheritdoc />
    public sealed override Type Body => typeof(TBody);

    /// <inheritdoc />
    public sealed override Type Document => typeof(TDocument);

    /// <inheritdoc />
    public sealed override Type List => typeof(ResourceList<TDocument>);

    /// <inheritdoc />
    public sealed override async ValueTask<(Resource? Resource, Fault? Fault)> ReadAsync(HttpContext context, string name)
    {
        var (body, fault) = await SmallBody.ReadAsync(context, _body);
        if (fault is not null) return (null, fault);
        if (body is ResourceBody { Name: { } given } && given != name) return (null, FieldChecks.Invalid("name", "must be the name in the path, or absent"));
        fault = Read(body!, out var rule);
        return fault is null ? (rule, null) : (null, fault);
    }

    /// <inheritdoc />
    public sealed override Fault? Read(object body, out Resource? resource)
    {
        var fault = Convert((TBody)body, out var rule);
        resource = rule;
        return fault;
    }

    /// <inheritdoc />
    public sealed override Task WriteAsync(HttpContext context, int status, ResourceView view) =>
        Answers.WriteAsync(context, status, DocumentOf(view), Of<TDocument>());

    /// <inheritdoc />
    public sealed override Task WriteAllAsync(HttpContext context, IReadOnlyList<ResourceView> views) =>
        Answers.WriteAsync(context, StatusCodes.Status200OK, new ResourceList<TDocument>([.. views.Select(DocumentOf)]), Of<ResourceList<TDocument>>());

    /// <summary>The rule that a body says, or what is wrong with it.</summary>
    protected abstract Fault? Convert(TBody body, out TRule? rule);

    /// <summary>The document of a rule.</summary>
    protected abstract TDocument DocumentOf(string name, TRule rule, ResourceFigures figures);

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!;

    private TDocument DocumentOf(ResourceView view) => DocumentOf(view.Name, (TRule)view.Body, view.Figures);
}

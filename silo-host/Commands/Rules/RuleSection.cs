using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Rules;

/// <summary>A kind of resource as a file has it: a section of its own.</summary>
/// <param name="Name">The section, and the path of the API.</param>
/// <param name="Body">The wire type of what is put.</param>
internal sealed record RuleSection(string Name, Type Body)
{
    /// <summary>The section that has no names in it.</summary>
    public const string Settings = "settings";

    /// <summary>All sections, in the order in which they are written and applied.</summary>
    public static IReadOnlyList<RuleSection> All { get; } =
    [
        new("weights", typeof(WeightBody)), new("routes", typeof(RouteBody)), new("limits", typeof(LimitBody)), new("schedules", typeof(ScheduleBody)),
        new("tenants", typeof(TenantBody)), new("types", typeof(TypeBody)), new("pauses", typeof(PauseBody)), new("blackholes", typeof(BlackholeBody)),
        new("sheds", typeof(ShedBody)), new("endpoints", typeof(EndpointBody)) { Marks = ["secretDigest"] }, new(Settings, typeof(SettingsBody)),
    ];

    /// <summary>The fields that can be put; all else that the server answers are figures.</summary>
    public IReadOnlyList<string> Fields { get; } = [.. ProtocolJson.Default.GetTypeInfo(Body)!.Properties.Select(p => p.Name).Where(n => n != "name")];

    /// <summary>Fields of answers that stand for something that is put and never answered: they tell what is different, and are not exported.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The section with a name, or null.</summary>
    public static RuleSection? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}

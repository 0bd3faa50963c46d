using System.Collections;
using System.Reflection;

namespace Worcr.Simulation.Server;

/// <summary>How much a dispatcher has in memory: read from its private fields, because nobody but a test has to know.</summary>
internal sealed class DispatcherGauges(Dispatcher dispatcher)
{
    private static PropertyInfo? _inMemory;
    private static readonly FieldInfo JobsField = Field("_jobs");
    private static readonly FieldInfo LanesField = Field("_lanes");
    private static readonly FieldInfo WindowField = Field("_windowJobs");
    private static readonly FieldInfo AskedField = Field("_askedJobs");
    private static readonly FieldInfo AwaitedField = Field("_awaitedHeads");
    private static readonly FieldInfo AlarmedField = Field("_alarmed");
    private static readonly FieldInfo ClassesField = Field("_classes");
    private static readonly FieldInfo SessionsField = Field("_sessions");
    private static readonly FieldInfo ClaimsField = Field("_recentClaims");
    private static readonly PropertyInfo ClaimsCount = ClaimsField.FieldType.GetProperty("Count")!;
    private readonly object _claims = ClaimsField.GetValue(dispatcher)!;
    private readonly ICollection _jobs = (ICollection)JobsField.GetValue(dispatcher)!;
    private readonly IDictionary _lanes = (IDictionary)LanesField.GetValue(dispatcher)!;
    private readonly IDictionary _classes = (IDictionary)ClassesField.GetValue(dispatcher)!;
    private readonly ICollection _sessions = (ICollection)SessionsField.GetValue(dispatcher)!;

    public int Jobs => _jobs.Count;

    public int Lanes => _lanes.Count;

    /// <summary>Jobs in memory as the lanes count them.</summary>
    public int LaneJobs
    {
        get
        {
            var sum = 0;
            foreach (var lane in _lanes.Values) sum += (int)InMemoryOf(lane);
            return sum;
        }
    }

    public int Sessions => _sessions.Count;

    /// <summary>Sessions in line, over all classes of workers.</summary>
    public int InLine
    {
        get
        {
            var sum = 0;
            foreach (var workerClass in _classes.Values) sum += ((ICollection)workerClass.GetType().GetProperty("Line")!.GetValue(workerClass)!).Count;
            return sum;
        }
    }

    public int Classes => _classes.Count;

    public int WindowJobs => (int)WindowField.GetValue(dispatcher)!;

    /// <summary>Jobs that reads under way may bring.</summary>
    public int AskedJobs => (int)AskedField.GetValue(dispatcher)!;

    /// <summary>Lanes that were chosen and whose heads are being read.</summary>
    public int AwaitedHeads => (int)AwaitedField.GetValue(dispatcher)!;

    /// <summary>Ids and unique keys of which the store may not say all.</summary>
    public int Claims => (int)ClaimsCount.GetValue(_claims)!;

    public int Alarmed => (int)AlarmedField.GetValue(dispatcher)!;

    private static object InMemoryOf(object lane) => (_inMemory ??= lane.GetType().GetProperty("InMemory")!).GetValue(lane)!;

    private static FieldInfo Field(string name) =>
        typeof(Dispatcher).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(nameof(Dispatcher), name);
}

using System.Collections;
using System.Reflection;
namespace Worcr.Simulation;
internal static class Debug
{
    const BindingFlags F = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    static object? G(object o, string n) { for (var t = o.GetType(); t != null; t = t.BaseType) { var f = t.GetField(n, F); if (f != null) return f.GetValue(o); var p = t.GetProperty(n, F); if (p != null) return p.GetValue(o); } return "?"; }
    public static void Dump(Dispatcher d)
    {
        var w = Console.Error;
        foreach (var n in new[] { "_now", "_committed", "_lastTaken", "_running", "_refills", "_alarmReadAt", "_loadedUntil", "_readingAlarms", "_alarmed", "_windowJobs", "_draining" }) w.WriteLine($"{n}={G(d, n)}");
        w.WriteLine($"underway {((ICollection)G(d, "_underWay")!).Count} waitingReads {((ICollection)G(d, "_waitingReads")!).Count} reads {((ICollection)G(d, "_reads")!).Count} starved {((ICollection)G(d, "_starved")!).Count} needs {G(G(d, "_work")!, "Needs")} empty {G(G(d,"_work")!,"IsEmpty")}");
        foreach (var l in ((IDictionary)G(d, "_lanes")!).Values)
        {
            w.WriteLine($"lane {(long)G(G(l!, "Record")!, "LaneId")! & 0xfffff} tenant {G(G(l!, "Shape")!, "Tenant")} active {G(l!, "IsActive")} leased {G(l!, "Leased")} time {G(l!, "Time")} tt {G(G(l!, "Tenant")!, "Time")} q {G(G(l!, "Queued")!, "_low")}");
            foreach (var s in (IEnumerable)G(l!, "Strands")!)
                w.WriteLine($"   strand {G(s!, "Priority")} stored {G(s!, "Stored")} leased {G(s!, "Leased")} window {G(G(s!, "Window")!, "Count")} cursor {(long)G(s!, "Cursor")! & 0xfffff} refill {G(s!, "Refill")} barrier {G(s!, "Barrier")} starved {G(s!, "IsStarved")}");
        }
        foreach (var s in ((IDictionary)G(d, "_sessions")!).Values) w.WriteLine($"session {G(s!, "Id")} {G(s!, "Worker")} {G(s!, "State")} slots {G(s!, "Slots")} held {((IEnumerable)G(s!, "Held")!).Cast<object>().Count()} inline {G(s!, "IsInLine")}");
        foreach (var c in ((IDictionary)G(d, "_classes")!).Values) w.WriteLine($"class line {((ICollection)G(c!, "Line")!).Count} sessions {G(c!, "Sessions")} number {G(G(c!, "Lanes")!, "Number")} tenants {G(G(G(c!, "Lanes")!, "_tenants")!, "Count")}");
    }
}

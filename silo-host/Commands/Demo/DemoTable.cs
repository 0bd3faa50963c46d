using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>Shows the demo's state: as a table for terminals, as one line otherwise.</summary>
public static class DemoTable
{
    private const int BarWidth = 20;

    /// <summary>The table, with what else is going on below it.</summary>
    public static IRenderable Render(DemoState state)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Invariant($"{state.Elapsed.TotalSeconds:0.0} s, {state.Workers} workers, {state.Slots} slots"));
        table.AddColumn("tenant");
        foreach (var title in (string[])["queued", "running", "done"]) table.AddColumn(new TableColumn(title).RightAligned());
        table.AddColumn("");
        table.AddColumn(new TableColumn("jobs/s").RightAligned());
        table.AddColumn(new TableColumn("all done after").RightAligned());
        foreach (var group in state.Tenants) table.AddRow(Row(group));
        return new Rows([table, .. Stories(state).Select(story => new Text(story))]);
    }

    /// <summary>The state as one line.</summary>
    public static string Line(DemoState state)
    {
        var bulk = state.Tenants.First(group => group.Name == DemoLoad.Bulk);
        var small = state.Tenants.Where(group => DemoLoad.Small.Contains(group.Name)).ToList();
        var finished = small.Count(group => group.FinishedAfter is not null);
        var rest = state.Tenants.Where(group => group.Name is DemoLoad.Shop or DemoLoad.Office).Sum(group => group.Done);
        return Invariant(
            $"{state.Elapsed.TotalSeconds,5:0.0} s  bulk {bulk.Done:N0}/{bulk.Expected:N0} ({bulk.Rate:N0}/s)  small tenants {small.Sum(group => group.Done):N0}/{small.Sum(group => group.Expected):N0} ({small.Sum(group => group.Rate) / small.Count:N0}/s each, {finished} of {small.Count} all done)  others {rest:N0}");
    }

    /// <summary>What has happened, in a few sentences.</summary>
    public static IEnumerable<string> Summary(DemoState state)
    {
        var bulk = state.Tenants.First(group => group.Name == DemoLoad.Bulk);
        var small = state.Tenants.Where(group => DemoLoad.Small.Contains(group.Name)).ToList();
        var after = small.Max(group => group.FinishedAfter);
        if (after is not null)
            yield return Invariant($"Ten small tenants were done after {after.Value.TotalSeconds:0.0} s beside {bulk.Expected:N0} jobs of {DemoLoad.Bulk}{BulkEnd(bulk)}.");
        foreach (var story in Stories(state)) yield return story;
        yield return Invariant($"{state.Tenants.Sum(group => group.Done):N0} jobs succeeded in {CommandDurations.Write(state.Elapsed)}.");
    }

    private static string BulkEnd(DemoGroup bulk) =>
        bulk.FinishedAfter is { } end ? Invariant($", which took {end.TotalSeconds:0.0} s") : Invariant($", of which {bulk.Done:N0} are done");

    private static IEnumerable<string> Stories(DemoState state)
    {
        var premium = state.Type(DemoTypes.PremiumOrder);
        var standard = state.Type(DemoTypes.Order);
        yield return Invariant($"orders       {Of(premium)} premium (weight 10){After(premium)}, {Of(standard)} others{After(standard)}");
        var digest = state.Digest is { } parts ? Invariant($"{parts.Done:0} of {parts.Total:0} parts") : "waits";
        var build = state.Type(DemoTypes.Digest);
        yield return $"digest       {(build.Done > 0 ? "built" : digest)}{(build.Failed > 0 ? "; broke once and goes on from its checkpoint" : "")}";
        var flaky = state.Type(DemoTypes.Flaky);
        yield return Invariant($"flaky mail   {flaky.Done} of {flaky.Expected} sent, {flaky.Failed} attempts failed and were retried");
        var reminders = state.Type(DemoTypes.Reminder);
        yield return Invariant($"reminders    {reminders.Done} of {reminders.Expected} sent at their times");
        yield return Invariant($"schedule     {state.Type(DemoTypes.Tick).Done} jobs of */5 * * * * * ran");
        var shell = state.Type(DemoTypes.Shell);
        if (shell.Expected > 0) yield return Invariant($"shell        {shell.Done} of {shell.Expected} by worcr work --exec wc");
    }

    private static string Of(DemoGroup group) =>
        group.Done > group.Expected ? Invariant($"{group.Done:N0}") : Invariant($"{group.Done:N0} of {group.Expected:N0}");

    private static string After(DemoGroup group) => group.FinishedAfter is { } end ? Invariant($" after {end.TotalSeconds:0.0} s") : "";

    private static string[] Row(DemoGroup group)
    {
        var share = group.Expected == 0 ? 0 : Math.Min(1, (double)group.Done / group.Expected);
        var full = (int)(share * BarWidth);
        var bar = $"[green]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/]";
        return
        [
            group.Name, Number(group.Queued), Number(group.Running), Number(group.Done), bar, Number((long)group.Rate),
            group.FinishedAfter is { } end ? $"[green]{Invariant($"{end.TotalSeconds:0.0} s")}[/]" : "",
        ];
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>What a rule would meet if it stood.</summary>
public sealed partial class Dispatcher
{
    private void Preview(Envelope envelope, string name, Resource sent)
    {
        var body = sent.Over(ResourcesOf(sent.Kind).GetValueOrDefault(name));
        var figures = PreviewFigures(body);
        if (RuleSet.MatchOf(body) is { Args.Count: > 0 } match) CountNext(envelope, match, null, new ResourceView(name, body, figures with { Waiting = 0, Running = 0 }));
        else Answer(envelope, new ResourceReply([new ResourceView(name, body, figures)]));
    }

    /// <summary>Lanes know only the arguments that rules look at already: so these jobs are counted page by page over the store, as bulk actions do.</summary>
    private void CountNext(Envelope envelope, RuleMatch match, long? cursor, ResourceView view)
    {
        var query = QueryOf(match.Job) with { States = [JobState.Ready], Cursor = cursor };
        ReadCold((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            var (waiting, running) = (view.Figures.Waiting, view.Figures.Running);
            foreach (var job in page.Jobs.Select(s => s.Job).Where(j => match.Job.Matches(j.Shape) && MatchArgs(match.Args, j)))
            {
                if (!_jobs.TryGetValue(job.Seq, out var grain)) waiting += WasTouched(job.Seq) ? 0 : 1;
                else if (grain.IsRunning) running++;
                else if (grain.State == JobState.Ready) waiting++;
            }

            var counted = view with { Figures = view.Figures with { Waiting = waiting, Running = running } };
            if (page.Next is { } next && !envelope.Cancel.IsCancellationRequested) CountNext(envelope, match, next, counted);
            else Answer(envelope, new ResourceReply([counted]));
        });
    }
}

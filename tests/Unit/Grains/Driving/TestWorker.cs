using System.Threading.Channels;
using Worcr.Grains;

namespace Worcr.Unit.Grains.Driving;

/// <summary>A worker session, and what it was told.</summary>
internal sealed class TestWorker
{
    private readonly World _world;
    private readonly ChannelReader<SessionMessage> _messages;

    public TestWorker(World world, RegisterReply reply)
    {
        _world = world;
        Session = reply.Session;
        Accepted = reply.Accepted;
        _messages = world.Dispatcher.MessagesOf(Session)!;
    }

    public long Session { get; }

    public IReadOnlyList<LeaseToken> Accepted { get; }

    public bool IsClosed => _messages.Completion.IsCompleted;

    /// <summary>What it was told since the last call.</summary>
    public List<SessionMessage> Told()
    {
        var told = new List<SessionMessage>();
        while (_messages.TryRead(out var message)) told.Add(message);
        return told;
    }

    /// <summary>The jobs it was given since the last call.</summary>
    public List<LeasedJob> Given() => [.. Told().OfType<SessionMessage.Run>().SelectMany(r => r.Jobs)];

    /// <summary>The one job it was given since the last call.</summary>
    public LeasedJob GivenOne() => Given().ShouldHaveSingleItem();

    /// <summary>Runs jobs until there are none (or enough), and says in which order it got them.</summary>
    public List<LeasedJob> RunAll(int most = int.MaxValue)
    {
        var run = new List<LeasedJob>();
        while (run.Count < most && Given() is { Count: > 0 } given)
        {
            run.AddRange(given);
            Report[] reports = [.. given.Select(j => new Report(j.Lease, ReportOutcome.Complete))];
            _world.Ask<ReportReply>(new ReportRequest(reports)).Accepted.ShouldAllBe(a => a);
        }

        return run;
    }
}

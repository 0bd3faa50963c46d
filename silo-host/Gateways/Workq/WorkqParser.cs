using System.Buffers;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Reads the command of a line. The first thing that is wrong is the fault; what is read after it does not count.</summary>
internal sealed class WorkqParser
{
    private const int MaxTries = 255;
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private readonly WorkqLine _line;
    private string? _fault;

    private WorkqParser(WorkqLine line) => (_line, _fault) = (line, line.Fault);

    /// <summary>The command, or what is wrong with the line.</summary>
    public static (WorkqCommand? Command, string? Fault) Parse(WorkqLine line)
    {
        var parser = new WorkqParser(line);
        var command = parser.Read();
        return parser._fault is null ? (command, null) : (null, parser._fault);
    }

    private WorkqCommand? Read() => _line.Verb switch
    {
        "add" => Has(5, flags: 3) ? new WorkqCommand.Add(Job(), Ttl(3), null, Size(4, WorkqErrors.PayloadSize)) : null,
        "schedule" => Has(6, flags: 3) ? new WorkqCommand.Add(Job(), Ttl(3), Time(4), Size(5, WorkqErrors.PayloadSize)) : null,
        "run" => Has(5, flags: 1) ? new WorkqCommand.Run(RunJob(), Wait(3), Size(4, WorkqErrors.PayloadSize)) : null,
        "result" => Has(2) ? new WorkqCommand.Result(KnownId(0), Wait(1)) : null,
        "lease" => HasNames() ? new WorkqCommand.Lease(Names(), Wait(_line.Arguments.Count - 1)) : null,
        "complete" => Has(2) ? new WorkqCommand.Finish(KnownId(0), true, Size(1, WorkqErrors.PayloadSize)) : null,
        "fail" => Has(2) ? new WorkqCommand.Finish(KnownId(0), false, Size(1, WorkqErrors.ResultSize)) : null,
        "delete" => Has(1) ? new WorkqCommand.Delete(AnyId(0)) : null,
        "inspect" => Inspect(),
        _ => Fail<WorkqCommand>(WorkqErrors.UnknownCommand, evenIfFaulty: true),
    };

    private WorkqCommand? Inspect()
    {
        if (_line.Flags.Count > 0 || _line.Arguments.Count == 0) return Fail<WorkqCommand>(WorkqErrors.Arguments, evenIfFaulty: true);
        return _line.Arguments[0] switch
        {
            "job" => HasMore(1) ? new WorkqCommand.InspectJob(AnyId(1)) : null,
            "jobs" => HasMore(3) ? new WorkqCommand.InspectJobs(Name(1), false, Offset(2), Limit(3)) : null,
            "scheduled-jobs" => HasMore(3) ? new WorkqCommand.InspectJobs(Name(1), true, Offset(2), Limit(3)) : null,
            "queue" => HasMore(1) ? new WorkqCommand.InspectQueue(Name(1)) : null,
            "queues" => HasMore(2) ? new WorkqCommand.InspectQueues(Offset(1), Limit(2)) : null,
            "server" => HasMore(0) ? new WorkqCommand.InspectServer() : null,
            _ => Fail<WorkqCommand>(WorkqErrors.UnknownCommand),
        };
    }

    private WorkqJob Job() => new(NewId(), Name(1), Ttr(), Priority(), Tries("max-attempts", WorkqErrors.MaxAttempts), Tries("max-fails", WorkqErrors.MaxFails));

    private WorkqJob RunJob() => new(NewId(), Name(1), Ttr(), Priority(), MaxAttempts: 1, MaxFails: 1);

    private bool Has(int arguments, int flags = 0)
    {
        if (_line.Arguments.Count != arguments) Fail<object>(WorkqErrors.Arguments);
        else if (_line.Flags.Count > flags) Fail<object>(WorkqErrors.Flags);
        return _fault is null;
    }

    private bool HasMore(int arguments) => Has(arguments + 1);

    private bool HasNames() => _line.Arguments.Count is >= 2 and <= WorkqBounds.LeaseNames + 1 ? Has(_line.Arguments.Count) : Has(-1);

    private Guid NewId() => WorkqId.TryRead(_line.Arguments[0], out var id) && WorkqId.IsForNew(id) ? id : Fail<Guid>(WorkqErrors.Id);

    private Guid KnownId(int index) => WorkqId.TryRead(_line.Arguments[index], out var id) && WorkqId.IsPossible(id) ? id : Fail<Guid>(WorkqErrors.Id);

    private Guid AnyId(int index) => WorkqId.TryRead(_line.Arguments[index], out var id) ? id : Fail<Guid>(WorkqErrors.Id);

    private string[] Names() => [.. Enumerable.Range(0, _line.Arguments.Count - 1).Select(Name)];

    private string Name(int index)
    {
        var name = _line.Arguments[index];
        return name.Length is >= 1 and <= WorkqBounds.NameLength && name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0 ? name : Fail<string>(WorkqErrors.Name)!;
    }

    private long Ttr() => Number(2, 1, WorkqBounds.DayMs, WorkqErrors.Ttr);

    private ulong Ttl(int index) => WorkqNumber.TryRead(_line.Arguments[index], out var ttl) && ttl > 0 ? ttl : Fail<ulong>(WorkqErrors.Ttl);

    private long Time(int index) => WorkqTime.TryRead(_line.Arguments[index], out var time) ? time : Fail<long>(WorkqErrors.Time);

    private long Wait(int index) => Number(index, 0, WorkqBounds.DayMs, WorkqErrors.WaitTimeout);

    private int Size(int index, string fault) => (int)Number(index, 0, WorkqBounds.BlockBytes, fault);

    private long Offset(int index) => Number(index, 0, uint.MaxValue, WorkqErrors.Offset);

    private int Limit(int index) => (int)Math.Min(Number(index, 1, uint.MaxValue, WorkqErrors.Limit), WorkqBounds.PageRecords);

    private long Number(int index, long min, long max, string fault) =>
        WorkqNumber.TryRead(_line.Arguments[index], min, max, out var value) ? value : Fail<long>(fault);

    private int Priority()
    {
        if (_line.FlagOf("priority") is not { } text) return 0;
        return WorkqNumber.TryReadSigned(text, out var priority) ? priority : Fail<int>(WorkqErrors.Priority);
    }

    private int Tries(string flag, string fault)
    {
        if (_line.FlagOf(flag) is not { } text) return 0;
        return WorkqNumber.TryRead(text, 0, MaxTries, out var tries) ? (int)tries : Fail<int>(fault);
    }

    private T? Fail<T>(string fault, bool evenIfFaulty = false)
    {
        _fault = evenIfFaulty ? fault : _fault ?? fault;
        return default;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>The options that describe one job.</summary>
public sealed class JobFieldOptions
{
    private readonly Option<string?> _tenant = CommandOptions.Text("--tenant", "On whose behalf; tenants share fairly.", "NAME");
    private readonly Option<string[]> _tags = CommandOptions.Many("--tag", "A label for rules to match; may be given several times.", "TAG");
    private readonly Option<string?> _queue = CommandOptions.Text("--queue", "Queue label. Default: default.", "NAME");
    private readonly Option<double?> _weight = Weight("--weight", "How much the job matters relative to others. Default: 1.");
    private readonly Option<int?> _priority = CommandOptions.Number(
        "--priority", "Order among jobs that are alike: higher first. Default: 0.", int.MinValue, int.MaxValue);
    private readonly Option<Duration?> _in = CommandOptions.Duration("--in", "Run it after this time.");
    private readonly Option<DateTimeOffset?> _at = Time("--at", "Run it at this time, RFC 3339, such as 2026-12-01T08:00:00Z.");
    private readonly Option<Duration?> _expiresIn = CommandOptions.Duration("--expires-in", "Drop it when it has not finished within this time.");
    private readonly Option<Duration?> _timeout = CommandOptions.Duration("--timeout", "Time for one attempt. Default: 30m.");
    private readonly Option<Duration?> _slo = CommandOptions.Duration("--slo", "It should start within this time.");
    private readonly Option<int?> _maxAttempts = CommandOptions.Number("--max-attempts", "Attempts before it is dead; 0: no limit. Default: 25.", 0, WireLimits.Attempts);
    private readonly Option<string?> _unique = CommandOptions.Text("--unique", "At most one unfinished job with this key.", "KEY");
    private readonly Option<string?> _orderKey = CommandOptions.Text("--order-key", "Jobs with this key run one at a time, in order.", "KEY");
    private readonly Option<Guid?> _id = new("--id") { Description = "Id of the job: enqueueing it again changes nothing.", HelpName = "UUID" };

    /// <summary>Adds the options to a command.</summary>
    public JobFieldOptions(Command command)
    {
        foreach (var option in All) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_in) is not null && result.GetResult(_at) is not null) result.AddError("--in and --at exclude each other.");
        });
    }

    private Option[] All =>
        [_tenant, _tags, _queue, _weight, _priority, _in, _at, _expiresIn, _timeout, _slo, _maxAttempts, _unique, _orderKey, _id];

    /// <summary>The first of the options that a call has, or null.</summary>
    public string? FirstGiven(ParseResult call) => All.FirstOrDefault(option => call.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The job that a call describes.</summary>
    public JobRequest Read(ParseResult call, string type, string? args) => new()
    {
        Type = type,
        Args = args is null ? null : new RawJson(Encoding.UTF8.GetBytes(args)),
        Tenant = call.GetValue(_tenant),
        Tags = call.GetValue(_tags) is { Length: > 0 } tags ? tags : null,
        Queue = call.GetValue(_queue),
        Weight = call.GetValue(_weight),
        Priority = call.GetValue(_priority),
        Delay = call.GetValue(_in),
        RunAt = call.GetValue(_at),
        ExpiresIn = call.GetValue(_expiresIn),
        Timeout = call.GetValue(_timeout),
        Slo = call.GetValue(_slo),
        Retry = call.GetValue(_maxAttempts) is { } attempts ? new RetryOptions { MaxAttempts = attempts == 0 ? null : attempts } : null,
        Unique = call.GetValue(_unique) is { } key ? new UniqueOptions { Key = key } : null,
        OrderKey = call.GetValue(_orderKey),
        Id = call.GetValue(_id),
    };

    private static Option<double?> Weight(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "W",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight is >= WireLimits.MinWeight and <= WireLimits.MaxWeight)
                return weight;
            result.AddError($"{name} takes a number from 0.000001 to 1000000, not '{text}'.");
            return null;
        },
    };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Contains('T', StringComparison.OrdinalIgnoreCase)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                return time;
            result.AddError($"{name} takes a time such as 2026-12-01T08:00:00Z, not '{text}'.");
            return null;
        },
    };
}

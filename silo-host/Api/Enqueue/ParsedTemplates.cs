namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>The dispatchers' way to the parser of jobs.</summary>
internal sealed class ParsedTemplates(ParseCaches caches) : IJobTemplates
{
    /// <inheritdoc />
    public Job? Create(byte[] template, long now) => JobTemplate.Parse(template, caches, now) is { Fault: null } parsed ? parsed.Jobs[0] : null;
}

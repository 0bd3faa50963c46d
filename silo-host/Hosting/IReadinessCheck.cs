namespace Worcr.SiloHost.Hosting;

/// <summary>One condition of <c>/readyz</c>. Registered as a service.</summary>
public interface IReadinessCheck
{
    /// <summary>What is checked, such as <c>store</c>.</summary>
    string Name { get; }

    /// <summary>Null when all is well, else what is wrong (without secrets: the answer is public).</summary>
    Task<string?> CheckAsync(CancellationToken cancel);
}

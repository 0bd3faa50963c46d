namespace Worcr.SiloHost.Hosting;

/// <summary>The options cannot be used; says what to mend, one line a problem.</summary>
public sealed class SiloOptionsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>What to mend.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}

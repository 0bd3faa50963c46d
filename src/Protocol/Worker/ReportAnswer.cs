using System.Text.Json.Serialization;

namespace Worcr.Protocol.Worker;

/// <summary>For each report, in order: <c>ok</c> (true) or <c>stale</c> (false).</summary>
[JsonConverter(typeof(ReportAnswerConverter))]
public sealed class ReportAnswer(IReadOnlyList<bool> accepted)
{
    /// <summary>The text of an accepted report.</summary>
    public const string Ok = "ok";

    /// <summary>The text of a report whose lease was not good any more.</summary>
    public const string Stale = "stale";

    /// <summary>Whether each report was accepted.</summary>
    public IReadOnlyList<bool> Accepted { get; } = accepted;
}

namespace Worcr.Core.Rules;

/// <summary>The keys of limits.</summary>
public static class LimitKeys
{
    /// <summary>The key of a lane's jobs: empty when one is for all; null when they have no value for a part, and so are not limited.</summary>
    public static string? Of(IReadOnlyList<LimitKeyPart> parts, LaneShape shape)
    {
        if (parts.Count == 0) return "";
        if (parts.Count == 1) return ValueOf(parts[0], shape);
        var values = new string[parts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (ValueOf(parts[i], shape) is not { } value) return null;
            values[i] = value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal);
        }

        return string.Join('|', values);
    }

    /// <summary>How general a key is: that of its most special part.</summary>
    public static int RankOf(IReadOnlyList<LimitKeyPart> parts) => parts.Count == 0 ? 0 : parts.Max(p => (int)p.From);

    private static string? ValueOf(LimitKeyPart part, LaneShape shape) => part.From switch
    {
        LimitKeySource.Constant => part.Text,
        LimitKeySource.Type => shape.Type,
        LimitKeySource.Queue => shape.Queue,
        LimitKeySource.Tag => shape.Tags.FirstOrDefault(t => t.StartsWith(part.Text, StringComparison.Ordinal)),
        LimitKeySource.Tenant => shape.Tenant,
        LimitKeySource.Args => shape.ValueOf(part.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part.From, "No such source."),
    };
}

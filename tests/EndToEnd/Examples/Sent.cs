namespace Worcr.EndToEnd.Examples;

internal sealed record Sent(string To);

namespace Worcr.EndToEnd.Examples;

internal sealed record EmailArgs(string To);

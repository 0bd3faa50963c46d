namespace Worcr.Store;

/// <summary>What a migration did.</summary>
/// <param name="From">Schema version found; 0: none.</param>
/// <param name="To">Schema version now.</param>
public sealed record MigrationReport(int From, int To);

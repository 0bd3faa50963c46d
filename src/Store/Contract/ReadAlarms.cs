namespace Worcr.Store;

/// <summary>Asks for live jobs with an alarm (due time or expiry), earliest first.</summary>
/// <param name="Ownership">The namespace.</param>
/// <param name="Until">Only alarms up to this, Unix milliseconds.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="MaxInlineArgs">Arguments longer than this, in bytes, are left out.</param>
public sealed record ReadAlarms(Ownership Ownership, long Until, int Limit, int MaxInlineArgs);

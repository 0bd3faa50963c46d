namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>The texts of Workq's errors, as its server of 2017 has them.</summary>
internal static class WorkqErrors
{
    public const string NotFound = "-NOT-FOUND";
    public const string TimedOut = "-TIMEOUT";
    public const string UnknownCommand = "Unknown command";
    public const string Arguments = "Invalid command args";
    public const string Flags = "Invalid command flags";
    public const string PayloadSize = "Invalid payload size";
    public const string ResultSize = "Invalid result size";
    public const string Id = "Invalid ID";
    public const string Name = "Invalid Name";
    public const string Ttr = "Invalid TTR";
    public const string Ttl = "Invalid TTL";
    public const string Time = "Invalid Time";
    public const string Priority = "Invalid Priority";
    public const string MaxAttempts = "Invalid Max Attempts";
    public const string MaxFails = "Invalid Max Fails";
    public const string WaitTimeout = "Invalid wait timeout";
    public const string Offset = "Invalid cursor offset";
    public const string Limit = "Invalid limit";
    public const string DuplicateJob = "Duplicate job";
    public const string DuplicateResult = "Duplicate result";
    public const string Draining = "The silo is draining";

    /// <summary>The client's mistake.</summary>
    public static string Client(string text) => "-CLIENT-ERROR " + text;

    /// <summary>Not the client's mistake. The text is cut to one line.</summary>
    public static string Server(string text) => "-SERVER-ERROR " + text.ReplaceLineEndings(" ");
}

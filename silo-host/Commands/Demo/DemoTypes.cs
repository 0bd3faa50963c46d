namespace Worcr.SiloHost.Commands.Demo;

/// <summary>The kinds of work in the demo.</summary>
public static class DemoTypes
{
    /// <summary>A row of an import: the bulk of the work, and what the small tenants do too.</summary>
    public const string Import = "import.row";

    /// <summary>An order of a premium customer: weight 10.</summary>
    public const string PremiumOrder = "order.premium";

    /// <summary>An order of anybody else.</summary>
    public const string Order = "order.standard";

    /// <summary>A long job that saves checkpoints, breaks once, and goes on from the last one.</summary>
    public const string Digest = "digest.build";

    /// <summary>A job that often fails and is retried.</summary>
    public const string Flaky = "mail.flaky";

    /// <summary>A job for later.</summary>
    public const string Reminder = "reminder.send";

    /// <summary>The job of a schedule that fires every five seconds.</summary>
    public const string Tick = "clock.tick";

    /// <summary>A job for a shell command.</summary>
    public const string Shell = "text.count";
}

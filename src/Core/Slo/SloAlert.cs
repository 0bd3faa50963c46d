namespace Worcr.Core.Slo;

/// <summary>How urgent it is that an error budget burns.</summary>
public enum SloAlert
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The budget of a month is gone in five days: somebody should look today.</summary>
    Ticket,

    /// <summary>It is gone in two days: somebody should look now.</summary>
    Page,
}

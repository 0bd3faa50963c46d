namespace Worcr.SiloHost.Gateways.Push;

/// <summary>Why a request is not waited for any more.</summary>
internal enum PushEnd
{
    /// <summary>It is waited for.</summary>
    None,

    /// <summary>The lease is gone.</summary>
    Gone,

    /// <summary>The lease is gone because the job's time was over.</summary>
    TimedOut,

    /// <summary>The job has to be given back.</summary>
    GivenBack,
}

using Microsoft.Extensions.Options;

namespace Worcr.SiloHost.Gateways;

/// <summary>Refuses options that cannot work, at start.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new List<string>();
        if (options.SendTimeout <= TimeSpan.Zero) faults.Add("Gateways: SendTimeout must be positive.");
        if (options.BufferBytes < 4_096) faults.Add("Gateways: BufferBytes must be at least 4,096.");
        if (options.ParallelCalls is < 1 or > 64) faults.Add("Gateways: ParallelCalls must be 1 to 64.");
        if (options.Silence <= TimeSpan.Zero) faults.Add("Gateways: Silence must be positive.");
        if (options.LeaseWait < TimeSpan.Zero) faults.Add("Gateways: LeaseWait must not be negative.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}

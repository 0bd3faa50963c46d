using System.Text;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>What can be wrong.</summary>
internal ref partial struct JobParser
{
    private const int MaxShownName = 64;

    /// <summary>Sets a fault from outside.</summary>
    public void Refuse(Fault fault) => Set(fault);

    private bool Fail(string path, string what) => Set(new Fault(ErrorCodes.InvalidField, what, path));

    private bool FailType(string path, string expected) => Set(new Fault(ErrorCodes.InvalidField, "must be " + expected, path));

    private bool FailTwice(string path) => Set(new Fault(ErrorCodes.InvalidField, "is there twice", path));

    private bool FailSize(string path, string what) => Set(new Fault(ErrorCodes.TooLarge, what, path));

    private bool FailUnknown(string parent, scoped ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name[..Math.Min(name.Length, MaxShownName)]);
        return Set(new Fault(ErrorCodes.UnknownField, "is not a field of a job", parent + text));
    }

    private bool Set(Fault fault)
    {
        Fault = fault;
        return false;
    }
}

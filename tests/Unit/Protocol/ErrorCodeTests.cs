using System.Reflection;
using Worcr.Grains;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.Unit.Protocol;

public sealed class ErrorCodeTests
{
    [Fact]
    public void The_table_is_complete_and_without_repeats()
    {
        var fields = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (ErrorCode)f.GetValue(null)!);
        ErrorCodes.All.ShouldBe(fields, ignoreOrder: true);
        ErrorCodes.All.Select(c => c.Code).Distinct().Count().ShouldBe(ErrorCodes.All.Count);
        foreach (var code in ErrorCodes.All) code.Status.ShouldBeInRange(400, 599);
    }

    [Fact]
    public void Every_refusal_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<RefusalKind>().Select(Faults.CodeOf).ToList();
        codes.ShouldNotContain(ErrorCodes.Internal);
        codes.Distinct().Count().ShouldBe(codes.Count);
    }
}

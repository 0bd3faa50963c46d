using System.Data.Common;
using Worcr.SiloHost.Commands;

namespace Worcr.Unit.Commands;

/// <summary>What goes wrong is told in one line; what the operator can mend is not called unexpected.</summary>
public sealed class CommandErrorsTests
{
    [Fact]
    public void A_refusal_of_the_database_is_told_in_its_own_words() =>
        CommandErrors.Describe(new DatabaseRefusal()).ShouldBe(("the database: 3D000: database \"none\" does not exist", 1));

    [Fact]
    public void A_defect_is_called_one() => CommandErrors.Describe(new InvalidOperationException("x")).Message.ShouldStartWith("unexpected InvalidOperationException");

    private sealed class DatabaseRefusal() : DbException("3D000: database \"none\" does not exist");
}

using Worcr.Grains;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.Unit.Auth;

/// <summary>A token's worker stays within the token.</summary>
public sealed class WorkerScopeTests
{
    private static readonly WorkerScope Scope = new(["email.send", "mail"], ["browser", "eu"], 4);

    [Fact]
    public void What_is_within_is_taken_as_it_is()
    {
        var request = Registration() with { Types = ["mail"], Tags = ["eu", "browser"], Slots = 4, Prefetch = 4 };
        var taken = request.Within(Scope);
        (taken.Types[0], taken.Types.Count, taken.Slots, taken.Prefetch).ShouldBe(("mail", 1, 4, 4));
        taken.Tags.ShouldBe(["browser", "eu"], ignoreOrder: true);
        Registration().Within(null).Slots.ShouldBe(100);
    }

    [Fact]
    public void Tags_that_are_not_named_are_those_of_the_token() => (Registration() with { Slots = 1 }).Within(Scope).Tags.ShouldBe(["browser", "eu"]);

    [Theory]
    [InlineData("mail,payments.run", "", 1, "types")]
    [InlineData("*", "", 1, "types")]
    [InlineData("mail", "browser", 1, "tags")]
    [InlineData("mail", "browser,eu,premium", 1, "tags")]
    [InlineData("mail", "", 5, "slots")]
    public void What_is_outside_is_refused_by_name(string types, string tags, int slots, string field)
    {
        var request = Registration() with { Types = types.Split(','), Tags = tags.Length == 0 ? [] : tags.Split(','), Slots = slots };
        var refused = Should.Throw<WorkerCallException>(() => request.Within(Scope));
        (refused.Code.Code, refused.Field).ShouldBe(("forbidden", field));
    }

    [Fact]
    public void A_lease_that_names_no_types_asks_for_those_of_the_token()
    {
        var lease = new LeaseRequest { Worker = "w", Types = ["*"], Tags = [], Queues = [], Max = 4 };
        lease.Within(Scope).Types.ShouldBe(Scope.Types);
        Should.Throw<WorkerCallException>(() => (lease with { Max = 5 }).Within(Scope)).Field.ShouldBe("max");
        Should.Throw<WorkerCallException>(() => (lease with { Types = ["payments.run"] }).Within(Scope)).Field.ShouldBe("types");
    }

    [Fact]
    public void A_token_for_all_types_takes_any()
    {
        var request = Registration() with { Types = ["whatever"], Slots = 1 };
        request.Within(new WorkerScope(["*"], [], 1)).Types.ShouldBe(["whatever"]);
        (Registration() with { Slots = 1 }).Within(new WorkerScope(["*"], [], 1)).Types.ShouldBe(["mail"]);
    }

    private static RegisterRequest Registration() => new() { Worker = "w", Types = ["mail"], Tags = [], Queues = [], Slots = 100, Held = [], Transport = "signalr" };
}

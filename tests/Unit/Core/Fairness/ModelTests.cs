using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

/// <summary>Against a model that looks at every lane: the first by the strategy's promise is chosen, and one is chosen whenever there is one.</summary>
public sealed class ModelTests
{
    private const int Steps = 2_500;
    private static readonly FairStrategy[] Strategies = Enum.GetValues<FairStrategy>();

    public static TheoryData<FairStrategy> All() => [.. Strategies];

    [Theory]
    [MemberData(nameof(All))]
    public void The_first_by_the_strategy_is_chosen_whatever_came_and_went(FairStrategy strategy) =>
        Prop.ForAll<int>(seed =>
        {
            var world = new ModelWorld(strategy, seed);
            for (var step = 0; step < Steps; step++) world.Step();
            world.Finish();
            return world.Chosen > 100;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void And_while_the_strategy_changes_over_a_standing_backlog() =>
        Prop.ForAll<int>(seed =>
        {
            var world = new ModelWorld(FairStrategy.Fair, seed);
            var chance = new Random(seed);
            for (var step = 0; step < Steps; step++)
            {
                if (chance.Next(50) == 0) world.Scheduler.Switch(Strategies[chance.Next(Strategies.Length)]);
                world.Step();
            }

            world.Finish();
            return world.Chosen > 100;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void A_tournament_gives_its_entries_in_order_however_they_were_moved() =>
        Prop.ForAll<int>(seed =>
        {
            var chance = new Random(seed);
            var tournament = default(FairTournament<LaneKey, ModelLane>);
            var keys = new Dictionary<ModelLane, UInt128>();
            for (var step = 0; step < 1_000; step++)
            {
                var key = (UInt128)chance.Next(200);
                var known = keys.Count == 0 ? null : keys.Keys.ElementAt(chance.Next(keys.Count));
                if (known is null || chance.Next(3) == 0) tournament.Add(known = new ModelLane(new FairTenant("t")), new LaneKey(keys[known] = key));
                else if (chance.Next(3) > 0) tournament.Move(known, new LaneKey(keys[known] = key));
                else if (keys.Remove(known)) tournament.Remove(known);
                tournament.Count.ShouldBe(keys.Count);
                var leading = tournament.Leading(most: 10);
                (leading.Distinct().Count(), leading.Contains(keys.Count > 0 ? tournament.Top : null)).ShouldBe((leading.Length, keys.Count > 0));
                leading.Length.ShouldBeInRange(Math.Min(keys.Count, 1), 10);
                leading.ShouldBeSubsetOf(keys.Keys);
                if (keys.Count > 0) (tournament.TopKey.Value, keys[tournament.Top]).ShouldBe((keys.Values.Min(), keys.Values.Min()));
            }
        }).QuickCheckThrowOnFailure();
}

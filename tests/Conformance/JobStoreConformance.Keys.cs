namespace Worcr.Conformance;

/// <summary>Keys of callers, and what all silos share.</summary>
public abstract partial class JobStoreConformance
{
    [Fact]
    public async Task A_key_is_kept_as_it_was_given()
    {
        var bound = NewKey("b-key", 1) with { Namespaces = ["a", "team-b"], ExpiresAt = 9_000 };
        var free = NewKey("Ä key", 2);
        (await Store.AddKeyAsync(free, Cancel)).ShouldBeTrue();
        (await Store.AddKeyAsync(bound, Cancel)).ShouldBeTrue();
        var kept = await (await Home.CrashAsync(Store)).ListKeysAsync(Cancel);
        kept.Select(k => k.Name).ShouldBe(["b-key", "Ä key"]);
        ShouldBe(kept[0], bound);
        ShouldBe(kept[1], free);
    }

    [Fact]
    public async Task A_taken_name_changes_nothing()
    {
        var first = NewKey("ci", 1);
        (await Store.AddKeyAsync(first, Cancel)).ShouldBeTrue();
        (await Store.AddKeyAsync(NewKey("ci", 2), Cancel)).ShouldBeFalse();
        ShouldBe((await Store.ListKeysAsync(Cancel)).ShouldHaveSingleItem(), first);
    }

    [Fact]
    public async Task A_removed_key_is_gone_and_its_name_free()
    {
        await Store.AddKeyAsync(NewKey("ci", 1), Cancel);
        (await Store.RemoveKeyAsync("other", Cancel)).ShouldBeFalse();
        (await Store.RemoveKeyAsync("ci", Cancel)).ShouldBeTrue();
        (await Store.ListKeysAsync(Cancel)).ShouldBeEmpty();
        (await Store.RemoveKeyAsync("ci", Cancel)).ShouldBeFalse();
        (await Store.AddKeyAsync(NewKey("ci", 2), Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_first_secret_stays_and_all_get_it()
    {
        byte[] first = [1, 2, 3], second = [4, 5, 6];
        (await Store.SecretAsync(new NewSecret("token", first), Cancel)).ShouldBe(first);
        (await Store.SecretAsync(new NewSecret("token", second), Cancel)).ShouldBe(first);
        (await Store.SecretAsync(new NewSecret("other", second), Cancel)).ShouldBe(second);
        var together = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Store.SecretAsync(new NewSecret("raced", [(byte)n]), Cancel)));
        together.Select(s => s[0]).Distinct().ShouldHaveSingleItem();
    }

    private static StoredKey NewKey(string name, byte seed) => new()
    {
        Name = name,
        Hash = [.. Enumerable.Repeat(seed, 32)],
        Prefix = "worcr_abc",
        Role = "worker",
        CreatedAt = 1_700_000_000_000,
    };

    private static void ShouldBe(StoredKey kept, StoredKey given)
    {
        kept.Hash.ShouldBe(given.Hash);
        kept.Namespaces.ShouldBe(given.Namespaces);
        (kept with { Hash = given.Hash, Namespaces = given.Namespaces }).ShouldBe(given);
    }
}

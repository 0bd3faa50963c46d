using Microsoft.Extensions.Logging.Abstractions;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Hosting;
using Worcr.Store;
using Worcr.Testing.Model;
using Worcr.Unit.Api;

namespace Worcr.Unit.Auth;

public sealed class KeyRingTests
{
    private readonly ModelJobStore _store = new(new ModelDatabase());
    private readonly FakeClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_another_silo_revoked_is_good_until_the_next_reading()
    {
        var ring = NewRing(null);
        var (made, _) = await new KeyBook(_store, _clock).CreateAsync(new() { Name = "k", Role = "viewer" }, Cancel);
        ring.Find(made!.Key).ShouldBeNull();
        await ring.RefreshAsync(Cancel);
        var principal = ring.Find(made.Key).ShouldNotBeNull();
        (principal.Name, principal.Role, ring.IsGood(principal.KeyId)).ShouldBe(("k", Role.Viewer, true));
        await _store.RemoveKeyAsync("k", Cancel);
        ring.Find(made.Key).ShouldNotBeNull();
        await ring.RefreshAsync(Cancel);
        ring.Find(made.Key).ShouldBeNull();
        ring.IsGood(principal.KeyId).ShouldBeFalse();
    }

    [Fact]
    public async Task While_the_store_is_away_the_keys_that_are_known_stay_good()
    {
        var ring = NewRing(null);
        var (made, _) = await new KeyBook(_store, _clock).CreateAsync(new() { Name = "k", Role = "viewer" }, Cancel);
        await ring.RefreshAsync(Cancel);
        _store.FailRead = _ => new StoreTransientException("away");
        await ring.TryRefreshAsync(Cancel);
        ring.Find(made!.Key).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_new_key_of_an_old_name_is_another_key()
    {
        var book = new KeyBook(_store, _clock);
        var ring = NewRing(null);
        var (first, _) = await book.CreateAsync(new() { Name = "k", Role = "viewer" }, Cancel);
        await ring.RefreshAsync(Cancel);
        var id = ring.Find(first!.Key)!.KeyId;
        await book.RevokeAsync("k", Cancel);
        var (second, _) = await book.CreateAsync(new() { Name = "k", Role = "viewer" }, Cancel);
        await ring.RefreshAsync(Cancel);
        (ring.IsGood(id), ring.Find(second!.Key) is not null).ShouldBe((false, true));
    }

    [Fact]
    public async Task A_role_of_a_newer_build_opens_nothing()
    {
        var ring = NewRing(null);
        var secret = KeySecret.Make();
        await _store.AddKeyAsync(new StoredKey { Name = "k", Hash = secret.Hash, Prefix = secret.Prefix, Role = "auditor", CreatedAt = 1 }, Cancel);
        await ring.RefreshAsync(Cancel);
        ring.Find(secret.Text).ShouldBeNull();
    }

    [Fact]
    public void Without_any_key_nobody_enters()
    {
        NewRing(null).IsEmpty.ShouldBeTrue();
        NewRing(null).Find("").ShouldBeNull();
        NewRing("correct-horse-battery").IsEmpty.ShouldBeFalse();
        NewRing("correct-horse-battery").Find(new string('x', 100_000)).ShouldBeNull();
    }

    private KeyRing NewRing(string? bootstrap) => new(_store, new SiloOptions { BootstrapKey = bootstrap }, _clock, NullLogger<KeyRing>.Instance);
}

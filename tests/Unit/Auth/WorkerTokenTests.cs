using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Worcr.SiloHost.Auth;
using Worcr.Testing.Model;
using Worcr.Unit.Api;

namespace Worcr.Unit.Auth;

/// <summary>A token says what was signed, until its end, and nothing that was not signed.</summary>
public sealed class WorkerTokenTests
{
    private readonly FakeClock _clock = new();
    private readonly ModelDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_says_what_was_signed_on_every_silo()
    {
        var grant = Grant();
        var read = (await NewTokens().ReadAsync(await NewTokens().SignAsync(grant, Cancel), Cancel)).ShouldNotBeNull();
        (read.KeyId, read.KeyName, read.Namespace, read.ExpiresAt).ShouldBe((grant.KeyId, grant.KeyName, grant.Namespace, grant.ExpiresAt));
        read.Scope.Types.ShouldBe(grant.Scope.Types);
        read.Scope.Tags.ShouldBe(grant.Scope.Tags);
        read.Scope.Slots.ShouldBe(grant.Scope.Slots);
        (read.Holder.Role, read.Holder.May(Permission.Work, "team-a"), read.Holder.May(Permission.Work, "team-b")).ShouldBe((Role.Worker, true, false));
    }

    [Fact]
    public async Task One_type_and_no_tags_are_read_as_such()
    {
        var grant = Grant() with { Scope = new WorkerScope(["*"], [], 1) };
        var read = (await NewTokens().ReadAsync(await NewTokens().SignAsync(grant, Cancel), Cancel)).ShouldNotBeNull();
        read.Scope.Types.ShouldBe(["*"]);
        read.Scope.Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_ends_at_its_time()
    {
        var token = await NewTokens().SignAsync(Grant(), Cancel);
        _clock.Now = Grant().ExpiresAt.AddMilliseconds(-1);
        (await NewTokens().ReadAsync(token, Cancel)).ShouldNotBeNull();
        _clock.Now = Grant().ExpiresAt;
        (await NewTokens().ReadAsync(token, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_changed_token_is_none()
    {
        var token = await NewTokens().SignAsync(Grant(), Cancel);
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        var wider = payload.Replace("email.send", "payments.run", StringComparison.Ordinal);
        wider.ShouldNotBe(payload);
        (await NewTokens().ReadAsync($"{parts[0]}.{Encode(wider)}.{parts[2]}", Cancel)).ShouldBeNull();
        (await NewTokens().ReadAsync($"{parts[0]}.{parts[1]}.{parts[2][..^2]}AA", Cancel)).ShouldBeNull();
        (await NewTokens().ReadAsync($"{parts[0]}.{parts[1]}.", Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"worcr-worker+jwt"}""")]
    [InlineData("""{"alg":"None","typ":"worcr-worker+jwt"}""")]
    [InlineData("""{"alg":"HS512","typ":"worcr-worker+jwt"}""")]
    [InlineData("""{"alg":"RS256","typ":"worcr-worker+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""")]
    [InlineData("""{"typ":"worcr-worker+jwt"}""")]
    public async Task Another_algorithm_or_kind_is_none_though_its_signature_be_right(string header)
    {
        var signed = await NewTokens().SignAsync(Grant(), Cancel);
        var secret = _database.Secrets.Values.Single();
        var body = $"{Encode(header)}.{signed.Split('.')[1]}";
        var signatures = new[] { [], HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(body)), HMACSHA512.HashData(secret, Encoding.ASCII.GetBytes(body)) };
        foreach (var signature in signatures) (await NewTokens().ReadAsync($"{body}.{Base64Url.EncodeToString(signature)}", Cancel)).ShouldBeNull();
        var right = $"{Encode("""{"alg":"HS256","typ":"worcr-worker+jwt"}""")}.{signed.Split('.')[1]}";
        var forged = $"{right}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(right)))}";
        (await NewTokens().ReadAsync(forged, Cancel)).ShouldNotBeNull("signed with the secret, in the one way that counts");
    }

    [Fact]
    public async Task A_token_of_another_installation_is_none()
    {
        var elsewhere = new WorkerTokens(new TokenSecret(new ModelJobStore(new ModelDatabase())), _clock);
        (await NewTokens().ReadAsync(await elsewhere.SignAsync(Grant(), Cancel), Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.")]
    public async Task What_is_no_token_is_none(string text) => (await NewTokens().ReadAsync(text, Cancel)).ShouldBeNull();

    private WorkerTokens NewTokens() => new(new TokenSecret(new ModelJobStore(_database)), _clock);

    private static WorkerGrant Grant() => new("id", "ci", "team-a", new WorkerScope(["email.send", "mail"], ["browser"], 4), new FakeClock().Now.AddMinutes(10));

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

namespace Worcr.EndToEnd.Silos;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_silo_without_auth_refuses_an_address_that_others_can_reach()
    {
        var spec = new SiloSpec { DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite), Host = "0.0.0.0" };
        var (code, output) = await Silo.RefusedAsync(spec);
        code.ShouldNotBe(0);
        output.ShouldContain("WORCR_AUTH");
        output.ShouldNotContain("   at ", Case.Sensitive, "a refusal is a sentence, not a stack trace");
    }

    [Fact]
    public async Task A_second_silo_on_the_same_file_is_refused_and_the_first_goes_on()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        await using var first = await Silo.StartAsync(new SiloSpec { DatabaseUrl = url });
        var (code, output) = await Silo.RefusedAsync(new SiloSpec { DatabaseUrl = url });
        code.ShouldNotBe(0);
        output.ShouldNotContain("ready on ");
        output.ShouldNotContain("   at ", Case.Sensitive, "a refusal is a sentence, not a stack trace");
        await first.Api.EnqueueAsync(new { type = Names.New("undisturbed") });
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_sentence_not_a_crash()
    {
        await using var first = await Silo.StartAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite) });
        var (code, output) = await Silo.RefusedAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite), Port = first.Url.Port });
        code.ShouldNotBe(0);
        output.ShouldContain(first.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        output.ShouldNotContain("   at ", Case.Sensitive, "a refusal is a sentence, not a stack trace");
    }

    [Theory]
    [InlineData("mysql://localhost/x")]
    [InlineData("postgres://nobody:wrong@127.0.0.1:1/nothing")]
    [InlineData("sqlite:///proc/nowhere/worcr.db")]
    public async Task A_store_that_cannot_be_had_is_said_plainly(string url)
    {
        var (code, output) = await Silo.RefusedAsync(new SiloSpec { DatabaseUrl = url });
        code.ShouldNotBe(0);
        output.Trim().ShouldNotBeEmpty();
        output.ShouldNotContain("wrong", Case.Sensitive, "a password has no place in a message");
        output.ShouldNotContain("   at ", Case.Sensitive, "a refusal is a sentence, not a stack trace");
    }
}

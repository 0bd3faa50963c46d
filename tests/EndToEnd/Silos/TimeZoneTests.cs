namespace Worcr.EndToEnd.Silos;

/// <summary>A machine, or an image, without time zones.</summary>
public sealed class TimeZoneTests
{
    [Fact]
    public async Task Without_tzdata_zones_are_refused_with_what_to_mend_and_schedules_that_have_one_stop_nothing()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        var body = new { cron = "0 3 * * *", timeZone = "Europe/Berlin", job = new { type = "t" } };
        await using (var before = await Silo.StartAsync(new SiloSpec { DatabaseUrl = url }))
        {
            (await before.Api.PutAsync("/v1/schedules/kept", body)).Expect(HttpStatusCode.Created);
            before.Terminate();
            await before.ExitAsync();
        }

        await using var silo = await Silo.StartAsync(new SiloSpec { DatabaseUrl = url, Environment = new Dictionary<string, string> { ["TZDIR"] = Places.NewFolder() } });
        var refused = await silo.Api.PutAsync("/v1/schedules/new", body);
        refused.ExpectProblem(HttpStatusCode.BadRequest).ShouldBe("invalid_field");
        refused["detail"].GetString()!.ShouldContain("tzdata");
        (await silo.Api.PutAsync("/v1/schedules/utc", new { cron = "0 3 * * *", job = new { type = "t" } })).Expect(HttpStatusCode.Created);
        (await silo.Api.GetAsync("/v1/schedules/kept")).Expect(HttpStatusCode.OK)["warnings"].GetArrayLength().ShouldBe(1);
        (await silo.Api.StateAsync(await silo.Api.EnqueueAsync(new { type = "t" }))).ShouldBe("ready");
    }
}

namespace Worcr.Conformance;

public sealed class JobStoreFactoryTests
{
    [Theory]
    [InlineData("mysql://x")]
    [InlineData("sqlite:")]
    [InlineData("sqlite:///folder/")]
    [InlineData("postgres://user:s3cret@/db")]
    [InlineData("postgres://user:s3cret@host")]
    [InlineData("postgres://user:s3cret@host:99999/db")]
    [InlineData("postgres://user:s3cret@host/db?nonsense=1")]
    [InlineData("postgres://user:s3cret@host/db?connect_timeout=soon")]
    public void A_url_that_cannot_be_understood_is_refused_without_its_password(string url) =>
        Should.Throw<ArgumentException>(() => JobStoreFactory.Open(url)).ToString().ShouldNotContain("s3cret");

    [Theory]
    [InlineData("postgres://user:p%40ss@localhost:5433/db?sslmode=verify-full&application_name=x&Maximum%20Pool%20Size=5")]
    [InlineData("postgresql://localhost/db")]
    [InlineData("postgres://a,b:5433/db?target_session_attrs=read-write")]
    [InlineData("postgres:///db?host=/var/run/postgresql")]
    public async Task A_url_opens_without_connecting(string url)
    {
        await using var store = JobStoreFactory.Open(url);
        store.ShouldNotBeNull();
    }
}

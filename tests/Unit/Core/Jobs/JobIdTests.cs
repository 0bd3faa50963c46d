using FsCheck;
using FsCheck.Fluent;

namespace Worcr.Unit.Core.Jobs;

public sealed class JobIdTests
{
    private const long MaxSeq = (1L << 62) - 1;
    private const long MaxTime = (1L << 48) - 1;

    [Fact]
    public void The_sequence_number_can_be_read_back() => Prop.ForAll<long, long, int>((time, seq, salt) =>
    {
        var id = JobId.Create(time & MaxTime, seq & MaxSeq, salt);
        return JobId.TryGetSeq(id, out var read) && read == (seq & MaxSeq);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Version_is_7_and_variant_is_RFC_9562() => Prop.ForAll<long, long, int>((time, seq, salt) =>
    {
        var id = JobId.Create(time & MaxTime, seq & MaxSeq, salt);
        return id.Version == 7 && id.Variant is >= 8 and <= 11;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_time_is_in_the_first_48_bits() =>
        JobId.Create(0x0123_4567_89AB, 5, 0xFFF).ToString().ShouldStartWith("01234567-89ab-7fff-");

    [Fact]
    public void Ids_order_by_time() => Prop.ForAll<long, long, int>((time, seq, salt) =>
    {
        var at = time & (MaxTime >> 1);
        var earlier = JobId.Create(at, MaxSeq - (seq & 0xFFFF), salt).ToString();
        var later = JobId.Create(at + 1, seq & 0xFFFF, ~salt).ToString();
        return string.CompareOrdinal(earlier, later) < 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_twelve_bits_of_the_salt_are_used() =>
        JobId.Create(1, 2, 0x7FFF_F123).ShouldBe(JobId.Create(1, 2, 0x123));

    [Fact]
    public void The_salt_tells_ids_apart() => JobId.Create(1, 2, 3).ShouldNotBe(JobId.Create(1, 2, 4));

    [Fact]
    public void A_foreign_v7_id_reads_as_some_number_that_another_id_may_have_too()
    {
        JobId.TryGetSeq(Guid.Parse("0192e4a6-7e57-7abc-8000-0000000000ff"), out var seq).ShouldBeTrue();
        seq.ShouldBe(0xFF);
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("6ba7b810-9dad-41d1-80b4-00c04fd430c8")]
    [InlineData("0192e4a6-7e57-7abc-0000-0000000000ff")]
    [InlineData("0192e4a6-7e57-7abc-c000-0000000000ff")]
    public void No_other_id_can_be_one_of_ours(string id) => JobId.TryGetSeq(Guid.Parse(id), out _).ShouldBeFalse();
}

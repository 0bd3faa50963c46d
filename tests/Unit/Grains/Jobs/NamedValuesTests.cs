using System.Text;
using Worcr.Grains.Jobs;

namespace Worcr.Unit.Grains.Jobs;

public sealed class NamedValuesTests
{
    [Fact]
    public void Names_keep_their_order_and_the_newest_goes_last()
    {
        var values = Put(null, "a", "1");
        values = Put(values, "b", """{"x":[1,2]}""");
        values = Put(values, "c", "\"three\"");
        Text(values).ShouldBe("""{"a":1,"b":{"x":[1,2]},"c":"three"}""");
    }

    [Fact]
    public void A_name_that_is_there_is_replaced()
    {
        var values = Put(Put(Put(null, "a", "1"), "b", "2"), "a", "3");
        Text(values).ShouldBe("""{"b":2,"a":3}""");
    }

    [Fact]
    public void Any_text_can_be_a_name() => Text(Put(null, "a\"b\\\u00fc", "1")).ShouldBe("{\"a\\u0022b\\\\\\u00FC\":1}");

    [Fact]
    public void There_is_a_largest_number_of_names()
    {
        byte[]? values = null;
        for (var i = 0; i < NamedValues.MaxNames; i++) values = Put(values, $"n{i}", "0");
        values.ShouldNotBeNull();
        Put(values, "one more", "0").ShouldBeNull();
        Put(values, "n7", "1").ShouldNotBeNull();
    }

    [Fact]
    public void All_values_together_have_a_largest_size()
    {
        var room = NamedValues.MaxBytes - Encoding.UTF8.GetByteCount("""{"a":""}""");
        Put(null, "a", $"\"{new string('x', room)}\"").ShouldNotBeNull().Length.ShouldBe(NamedValues.MaxBytes);
        Put(null, "a", $"\"{new string('x', room + 1)}\"").ShouldBeNull();
    }

    [Fact]
    public void What_is_replaced_makes_room()
    {
        var half = $"\"{new string('x', NamedValues.MaxBytes / 2)}\"";
        var values = Put(null, "a", half);
        Put(values, "b", half).ShouldBeNull();
        Put(values, "a", half).ShouldNotBeNull();
    }

    [Fact]
    public void Progress_is_a_pair() => Text(NamedValues.Pair(1.5, 10)).ShouldBe("""{"done":1.5,"total":10}""");

    private static byte[]? Put(byte[]? values, string name, string value) => NamedValues.Put(values, name, Encoding.UTF8.GetBytes(value));

    private static string Text(byte[]? values) => Encoding.UTF8.GetString(values!);
}

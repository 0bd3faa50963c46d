using System.Text.Json;

namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Lanes"/>, column by column.</summary>
internal sealed class LaneColumns
{
    public LaneColumns(IReadOnlyList<LaneRecord> lanes)
    {
        Count = lanes.Count;
        (LaneId, Type, Tenant, Queue, Tags) = (new long[Count], new string[Count], new string[Count], new string[Count], new string[Count]);
        (Weight, SloMs, OrderKey, CreatedDay, Args) = (new double[Count], new long[Count], new string?[Count], new int[Count], new string?[Count]);
        for (var i = 0; i < Count; i++)
        {
            var shape = lanes[i].Shape;
            LaneId[i] = lanes[i].LaneId;
            Type[i] = StoredText.Check(shape.Type, "a type");
            Tenant[i] = StoredText.Check(shape.Tenant, "a tenant");
            Queue[i] = StoredText.Check(shape.Queue, "a queue");
            Tags[i] = JsonSerializer.Serialize(Array.ConvertAll(shape.Tags, tag => StoredText.Check(tag, "a tag")));
            Weight[i] = shape.Weight;
            SloMs[i] = shape.SloMs;
            OrderKey[i] = shape.OrderKey is null ? null : StoredText.Check(shape.OrderKey, "an order key");
            CreatedDay[i] = lanes[i].CreatedDay;
            Args[i] = LaneArgs.Encode(shape.Args);
        }
    }

    public int Count { get; }
    public long[] LaneId { get; }
    public string[] Type { get; }
    public string[] Tenant { get; }
    public string[] Queue { get; }
    public string[] Tags { get; }
    public double[] Weight { get; }
    public long[] SloMs { get; }
    public string?[] OrderKey { get; }
    public int[] CreatedDay { get; }
    public string?[] Args { get; }
}

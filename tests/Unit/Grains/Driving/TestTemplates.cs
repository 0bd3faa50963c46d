using System.Text;
using Worcr.Grains;

namespace Worcr.Unit.Grains.Driving;

/// <summary>Templates that are the type's name, <c>!</c> for one that is refused, and <c>key=</c> for one with a unique key.</summary>
internal sealed class TestTemplates : IJobTemplates
{
    public static byte[] Of(string template) => Encoding.UTF8.GetBytes(template);

    public Job? Create(byte[] template, long now) => Encoding.UTF8.GetString(template).Split('=') switch
    {
        ["!"] => null,
        [var key, var type] => WorldCalls.Unique(key, UniqueUntil.Finished, UniqueConflict.Return, type: type),
        [var type] => WorldCalls.NewJob(type),
        _ => throw new ArgumentException("no such template", nameof(template)),
    };
}

namespace Worcr.EndToEnd.Running;

/// <summary>One call of the executable, to its end.</summary>
internal static class Command
{
    /// <summary>Its exit code and all that it said.</summary>
    public static Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <inheritdoc cref="RunAsync(string[])"/>
    public static async Task<(int Code, string Output)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var child = Child.Start(
            new ChildSpec { Name = "worcr", Program = "dotnet", Arguments = [Places.Worcr, .. arguments], Environment = environment, Folder = Places.NewFolder() });
        return (await child.ExitAsync(), child.Output);
    }
}

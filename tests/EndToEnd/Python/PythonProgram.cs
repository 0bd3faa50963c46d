namespace Worcr.EndToEnd.Python;

/// <summary>A program on the Python SDK, in a process of its own.</summary>
internal static class PythonProgram
{
    /// <summary>Starts a file of this folder.</summary>
    public static Child Start(string file, Uri silo, string type) =>
        Start(Path.Combine(Places.Checkout, "tests/EndToEnd/Python", file), silo.ToString().TrimEnd('/'), type);

    /// <summary>Starts a file.</summary>
    public static Child Start(params string[] command) => Child.Start(new ChildSpec
    {
        Name = Path.GetFileName(command[0]),
        Program = "python3",
        Arguments = ["-B", .. command],
        Environment = new Dictionary<string, string> { ["PYTHONPATH"] = Path.Combine(Places.Checkout, "src/client-py") },
    });
}

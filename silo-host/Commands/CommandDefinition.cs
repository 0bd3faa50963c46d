using System.CommandLine;

namespace Worcr.SiloHost.Commands;

/// <summary>A command, and what its help says beyond its options.</summary>
/// <param name="Command">The command, with its options and action.</param>
/// <param name="Examples">Lines of examples.</param>
/// <param name="Notes">Lines that explain it, or null.</param>
public sealed record CommandDefinition(Command Command, string Examples, string? Notes = null);

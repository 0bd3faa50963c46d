namespace Worcr.Store.Schema;

/// <summary>One step of the schema.</summary>
/// <param name="Number">Its number; equal numbers mean equal schemas in all backends.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Text">Its statements.</param>
internal sealed record Migration(int Number, string Name, string Text);

using System.Runtime.InteropServices;

namespace Worcr.Core.Fairness;

/// <summary>A gate on the way to a branch.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Index">The branch's place among those behind the gate.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct FairStep(FairGate Gate, int Index);

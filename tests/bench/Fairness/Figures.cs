using System.Runtime.InteropServices;

namespace Worcr.FairnessBench;

/// <summary>What was measured.</summary>
/// <param name="Nanoseconds">One decision: choose, charge, and every eighth time the lane leaves and comes back. Processor time, of the best round: others may use the machine too.</param>
/// <param name="AddedClassMs">A worker class comes: the active lanes are offered to it.</param>
/// <param name="BytesPerLane">Memory of one lane with its places in the tournaments, and its part of its tenant and gates.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Figures(double Nanoseconds, double AddedClassMs, double BytesPerLane);

using System.Runtime.InteropServices;

namespace Worcr.FairnessBench;

/// <summary>What is measured.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Tenants">Tenants with equally many lanes.</param>
/// <param name="Lanes">Lanes.</param>
/// <param name="Classes">Worker classes, each of which takes half of the kinds.</param>
/// <param name="Gated">Every lane has five gates: one for all, and its type's, queue's, tenant's and shop's. After every decision one of them closes for a moment.</param>
/// <param name="Blocked">So many more lanes wait behind one gate that is closed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Setting(string Name, int Tenants, int Lanes, int Classes, bool Gated = false, int Blocked = 0);

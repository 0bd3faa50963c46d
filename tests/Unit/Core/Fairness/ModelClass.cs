using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

/// <summary>A class, and what the model knows of it.</summary>
internal sealed record ModelClass(FairClass Workers, int Kinds, Func<int, double> Factor);

namespace Worcr.Core.Overload;

/// <summary>The places of the admission histogram: four weights an octave, 64 places a weight.</summary>
internal static class AdmissionScale
{
    private const int PerOctave = 4;
    private const int Parts = 64;

    /// <summary>The lightest weight that has a place of its own is 2^-20, the heaviest 2^20.</summary>
    private const int Octaves = 20;

    public const int Places = ((2 * Octaves * PerOctave) + 1) * Parts;

    public static int PlaceOf(double weight, double draw)
    {
        var step = Math.Clamp((int)Math.Floor((Math.Log2(weight) + Octaves) * PerOctave), 0, (Places / Parts) - 1);
        return (step * Parts) + Math.Min(Parts - 1, (int)(draw * Parts));
    }

    public static double WeightOf(int place) => Math.Pow(2, (place / Parts / (double)PerOctave) - Octaves);
}

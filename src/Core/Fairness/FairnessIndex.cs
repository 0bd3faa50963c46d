namespace Worcr.Core.Fairness;

/// <summary>
/// How evenly service was given, as one number: Jain's index (R. Jain, D. Chiu, W. Hawe: A Quantitative Measure of Fairness and Discrimination for Resource Allocation in
/// Shared Computer Systems, DEC-TR-301, 1984), the square of the sum over n times the sum of the squares. 1: everybody got the same for its share; 1/n: one got all.
/// </summary>
public static class FairnessIndex
{
    /// <summary>The index of what each got for a share of 1; 1 when nobody got anything.</summary>
    public static double Of(IEnumerable<double> served)
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        foreach (var one in served)
        {
            count++;
            sum += one;
            squares += one * one;
        }

        return squares <= 0 ? 1 : sum * sum / (count * squares);
    }
}

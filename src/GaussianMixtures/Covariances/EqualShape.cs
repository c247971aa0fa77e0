namespace GaussianMixtures.Covariances;

/// <summary>
/// Variances b_je = λ_j a_e along given axes: one shape in several sizes. The maximum is where
/// a_e = Σ_j (w_je / λ_j) / Σ_j N_j and λ_j = Σ_e (w_je / a_e) / (d N_j) hold together (Celeux &amp; Govaert 1995,
/// doi:10.1016/0031-3203(94)00125-6); each is the maximum given the other.
/// </summary>
/// <remarks>
/// In the logarithms of λ and a the objective is concave, so the maximum is the only one, wherever the search begins. No step lowers the
/// objective.
/// </remarks>
internal static class EqualShape
{
    /// <param name="scatter">w_je.</param>
    /// <param name="volumes">λ: where to begin, and at the end the best.</param>
    public static AxisTable Estimate(AxisTable scatter, double[] volumes)
    {
        double[] shape = new double[scatter.Dimension];
        double total = scatter.TotalWeight;
        VolumeSearch.Run(volumes, () =>
        {
            for (int e = 0; e < shape.Length; e++)
            {
                double sum = 0;
                for (int j = 0; j < volumes.Length; j++)
                {
                    sum += volumes[j] > 0 ? scatter[j][e] / volumes[j] : 0;
                }

                shape[e] = sum / total;
            }

            return !shape.Contains(0);
        }, j =>
        {
            double sum = 0;
            for (int e = 0; e < shape.Length; e++)
            {
                sum += shape[e] > 0 ? scatter[j][e] / shape[e] : 0;
            }

            return sum / scatter.Weights[j] / shape.Length;
        });

        AxisTable variances = scatter.Like();
        for (int j = 0; j < volumes.Length; j++)
        {
            for (int e = 0; e < shape.Length; e++)
            {
                variances[j][e] = volumes[j] * shape[e];
            }
        }

        return variances;
    }
}

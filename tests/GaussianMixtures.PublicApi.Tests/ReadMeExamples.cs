using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.PublicApi.Tests;

/// <summary>
/// README's C# as it is compiled and run: one method per example, in README's order. What stands between #region and #endregion
/// is what README shows; <see cref="ReadMeTests"/> holds the two equal.
/// </summary>
/// <param name="Console">Stands in for <see cref="System.Console"/>, so that tests in parallel do not hear each other.</param>
internal sealed class ReadMeExamples(TextWriter Console)
{
    public void Fit(Matrix<double> x)
    {
        #region Fit
        GaussianMixtureModel model = new GaussianMixture(components: 2) { Restarts = 5 }.Fit(x);

        int[] labels = model.Predict(x);                        // the likeliest component of each row
        Matrix<double> memberships = model.PredictProba(x);     // n x k, each row sums to 1
        Vector<double> logDensities = model.ScoreSamples(x);    // low means unusual

        Console.WriteLine($"two kinds of eruption: {model.Weights[0]:F3} of them long, {model.Weights[1]:F3} short");
        Console.WriteLine($"after a long one wait {model.Means[0, 1]:F1} minutes, after a short one {model.Means[1, 1]:F1}");
        Console.WriteLine($"row 0 is of component {labels[0]} with probability {memberships[0, labels[0]]:F4}");
        Console.WriteLine($"the least likely row is {logDensities.MinimumIndex()}; BIC {model.Bic(x):F2}");
        #endregion
    }

    public void CompareCovarianceTypes(Matrix<double> x)
    {
        #region CompareCovarianceTypes
        CovarianceType[] types = [CovarianceType.Full, CovarianceType.Tied, CovarianceType.Diagonal, CovarianceType.Spherical];
        foreach (CovarianceType type in types)
        {
            GaussianMixtureModel model = new GaussianMixture(components: 2) { CovarianceType = type, Restarts = 5 }.Fit(x);
            Console.WriteLine($"{type.Aliases[0],-10}{model.ParameterCount,3} parameters   BIC {model.Bic(x):F2}");
        }
        #endregion
    }

    public void SelectModel(Matrix<double> x)
    {
        #region SelectModel
        ModelSelection search = new()
        {
            Components = Enumerable.Range(1, 4),
            CovarianceTypes = [CovarianceType.EII, CovarianceType.VVI, CovarianceType.EEE, CovarianceType.VVV],
            Estimator = new GaussianMixture(components: 1) { Restarts = 5 },
        };
        ModelSelectionResult byBic = search.Fit(x);
        ModelSelectionResult byIcl = (search with { Criterion = Criterion.Icl }).Fit(x);
        Console.WriteLine(byBic);
        Console.WriteLine($"ICL prefers {byIcl.Best.CovarianceType} with {byIcl.Best.Components}");
        #endregion
    }

    public void TestOneMoreComponent(Matrix<double> x)
    {
        #region TestOneMoreComponent
        Console.WriteLine(LikelihoodRatioTest.Bootstrap(x, components: 1, replicates: 99));
        #endregion
    }

    public void DensitiesExceedOne(Matrix<double> x)
    {
        #region DensitiesExceedOne
        GaussianMixture estimator = new(components: 2);
        Matrix<double> hours = x / 60;
        Console.WriteLine($"mean log density per row, in minutes: {estimator.Fit(x).Score(x):F3}");
        Console.WriteLine($"mean log density per row, in hours:   {estimator.Fit(hours).Score(hours):F3}");
        #endregion
    }

    public void ReadDiagnostics(Matrix<double> x)
    {
        #region ReadDiagnostics
        Matrix<double> withConstant = x.InsertColumn(2, Vector<double>.Build.Dense(x.RowCount, 7.0));
        GaussianMixtureModel model = new GaussianMixture(components: 2).Fit(withConstant);
        FitDiagnostic diagnostic = model.Report!.Diagnostics[0];
        Console.WriteLine($"component {diagnostic.Component}: {diagnostic.Message}");
        #endregion
    }

    public void LetTheDataDecide(Matrix<double> x)
    {
        #region LetTheDataDecide
        BayesianGaussianMixtureModel posterior = new BayesianGaussianMixture(components: 10) { Restarts = 5 }.Fit(x);
        Console.WriteLine($"{posterior.EffectiveComponents()} of {posterior.Components} components are used");
        Console.WriteLine($"the evidence is at least exp({posterior.LowerBound:F2})");

        GaussianMixtureModel pruned = posterior.Prune();        // a plain mixture of those
        Console.WriteLine($"after a long eruption wait {pruned.Means[0, 1]:F1} minutes, after a short one {pruned.Means[1, 1]:F1}");

        Matrix<double> twice = x.Stack(Matrix<double>.Build.Dense(50, 2, (_, j) => x[0, j]));   // one row 50 times more: likelihood without end
        GaussianMixtureModel smooth = new GaussianMixture(components: 3) { Prior = Prior.Conjugate(), VarianceFloor = 0 }.Fit(twice);
        Console.WriteLine($"its cluster keeps a deviation of {60 * Math.Sqrt(smooth.Covariances.Min(covariance => covariance[0, 0])):F1} seconds");
        #endregion
    }

    public void KeepPromises(Matrix<double> x)
    {
        #region KeepPromises
        GaussianMixture estimator = new(components: 3) { CovarianceType = CovarianceType.Tied, Restarts = 5, Seed = 0 };
        GaussianMixtureModel one = (estimator with { MaxDegreeOfParallelism = 1 }).Fit(x);
        GaussianMixtureModel eight = (estimator with { MaxDegreeOfParallelism = 8 }).Fit(x);
        GaussianMixtureModel reloaded = GaussianMixtureModel.FromJson(one.ToJson());
        Console.WriteLine($"1 and 8 threads, same bits: {one.ScoreSamples(x).Equals(eight.ScoreSamples(x))}");
        Console.WriteLine($"reloaded from JSON, same bits: {one.ScoreSamples(x).Equals(reloaded.ScoreSamples(x))}");

        Matrix<double> broken = x.Clone();
        broken[3, 1] = double.NaN;
        try { estimator.Fit(broken); }
        catch (ArgumentException refusal) { Console.WriteLine(refusal.Message); }
        #endregion
    }
}

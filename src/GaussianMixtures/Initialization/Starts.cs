using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Fitting;
using GaussianMixtures.Kernels;
using GaussianMixtures.Scoring;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Initializations;

/// <inheritdoc cref="MixtureStart.FromModel"/>
internal sealed class ModelStart(GaussianMixtureModel model) : MixtureStart
{
    internal override MixtureParameters Parameters(FitProblem problem, CancellationToken cancellationToken)
    {
        CheckSize(nameof(model), "components", model.Components, "components", problem.Components);
        CheckSize(nameof(model), "columns", model.Dimension, "columns", problem.Data.Dimension);
        MixtureParameters start = model.Parameters.Pack(problem.Data.Packing);
        return problem.CovarianceType.Contains(model.CovarianceType)
            ? problem.Admit(start, cancellationToken)
            : problem.StepFrom(start, cancellationToken);
    }
}

/// <summary>Parameters already in the engine's units.</summary>
internal sealed class ParametersStart(MixtureParameters parameters) : MixtureStart
{
    internal override MixtureParameters Parameters(FitProblem problem, CancellationToken cancellationToken) => parameters;
}

/// <inheritdoc cref="MixtureStart.FromMeans"/>
internal sealed class MeansStart(Matrix<double> means) : MixtureStart
{
    internal override MixtureParameters Parameters(FitProblem problem, CancellationToken cancellationToken)
    {
        CheckSize(nameof(means), "rows", means.RowCount, "components", problem.Components);
        CheckSize(nameof(means), "columns", means.ColumnCount, "columns", problem.Data.Dimension);
        double[] packed = new double[means.RowCount * means.ColumnCount];
        for (int j = 0; j < means.RowCount; j++)
        {
            problem.Data.Packing.Pack(means.Row(j).AsArray() ?? means.Row(j).ToArray(), packed.AsSpan(j * means.ColumnCount));
        }

        return NearestTo(packed, problem, cancellationToken);
    }

    /// <summary>An M-step from every row counted wholly to the nearest centre.</summary>
    public static MixtureParameters NearestTo(double[] centres, FitProblem problem, CancellationToken cancellationToken)
    {
        LogDensities nearest = LogDensities.Of(problem.Around(centres, problem.Metric));
        return problem.MaximizeAbout(centres, new HardAssignment(nearest), cancellationToken);
    }
}

/// <inheritdoc cref="MixtureStart.FromLabels"/>
internal sealed class LabelsStart(int[] labels) : MixtureStart, IResponsibilities
{
    internal override MixtureParameters Parameters(FitProblem problem, CancellationToken cancellationToken)
    {
        CheckSize(nameof(labels), "entries", labels.Length, "rows", problem.Data.Count);
        bool[] occurs = new bool[problem.Components];
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)occurs.Length)
            {
                throw Refuse.Argument(nameof(labels),
                    $"labels is {labels[row]} in row {row}. With {occurs.Length} components a label lies between 0 and {occurs.Length - 1}.");
            }

            occurs[labels[row]] |= problem.Data.WeightOf(row) > 0;
        }

        int missing = Array.IndexOf(occurs, false);
        return missing < 0 ? problem.Maximize(this, cancellationToken) : throw Refuse.Argument(nameof(labels),
            $"labels gives no row to component {missing}. Give every component at least one row, or reduce Components.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Fill(in RowBlock block, in WorkspaceSpans workspace)
    {
        workspace.Responsibilities.Clear();
        for (int s = 0; s < block.Count; s++)
        {
            workspace.Responsibilities[(labels[(int)block.FirstRow + s] * Panel.Stride) + s] = block.Weights[s];
        }

        return 0;
    }
}

/// <inheritdoc cref="MixtureStart.FromResponsibilities"/>
internal sealed class ResponsibilitiesStart(Matrix<double> responsibilities) : MixtureStart, IResponsibilities
{
    private const double SumTolerance = 1e-6;

    internal override MixtureParameters Parameters(FitProblem problem, CancellationToken cancellationToken)
    {
        CheckSize(nameof(responsibilities), "rows", responsibilities.RowCount, "rows", problem.Data.Count);
        CheckSize(nameof(responsibilities), "columns", responsibilities.ColumnCount, "components", problem.Components);
        for (int row = 0; row < responsibilities.RowCount; row++)
        {
            double sum = 0;
            for (int j = 0; j < responsibilities.ColumnCount; j++)
            {
                double value = responsibilities[row, j];
                if (!(value >= 0) || !double.IsFinite(value))
                {
                    throw Refuse.Argument(nameof(responsibilities),
                        $"responsibilities is {value} in row {row}, column {j}. A responsibility lies between 0 and 1.");
                }

                sum += value;
            }

            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                throw Refuse.Argument(nameof(responsibilities),
                    $"responsibilities add up to {sum} in row {row}. Divide each row by its sum.");
            }
        }

        return problem.Maximize(this, cancellationToken);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Fill(in RowBlock block, in WorkspaceSpans workspace)
    {
        workspace.Responsibilities.Clear();
        for (int j = 0; j < responsibilities.ColumnCount; j++)
        {
            for (int s = 0; s < block.Count; s++)
            {
                workspace.Responsibilities[(j * Panel.Stride) + s] = block.Weights[s] * responsibilities[(int)block.FirstRow + s, j];
            }
        }

        return 0;
    }
}

/// <summary>The same start, whatever the seed.</summary>
internal sealed class GivenStart(MixtureStart start, bool keepsOrder) : Initialization
{
    public override bool IsRandom => false;

    public override bool KeepsOrder => keepsOrder;

    protected internal override MixtureStart CreateStart(InitializationContext context) => start;
}

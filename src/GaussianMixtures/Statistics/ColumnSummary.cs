using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GaussianMixtures.Data;
using GaussianMixtures.Kernels;

namespace GaussianMixtures.Statistics;

/// <summary>Mean and standard deviation of each column, in data units, at any magnitude: what packing and floors start from.</summary>
/// <remarks>
/// Two passes. The first takes the first row that counts for origin, so that a constant column has spread exactly 0 and a far offset costs
/// nothing; the second works about the mean, with each column divided by a power of two near its largest deviation, so
/// that no square overflows or vanishes.
/// </remarks>
internal sealed class ColumnSummary
{
    private ColumnSummary(PackedData data, double[] means, double[] deviations, double totalWeight, long positiveRows)
    {
        Data = data;
        Means = means;
        Deviations = deviations;
        TotalWeight = totalWeight;
        PositiveRows = positiveRows;
    }

    /// <summary>The rows, about one of them.</summary>
    public PackedData Data { get; }

    public double[] Means { get; }

    /// <summary>√(Σ w (x − mean)² / Σ w); 0 for a constant column.</summary>
    public double[] Deviations { get; }

    public double TotalWeight { get; }

    /// <summary>Rows whose weight is not 0.</summary>
    public long PositiveRows { get; }

    public static ColumnSummary Of(Observations x, double[]? weights, Workers workers, CancellationToken cancellationToken)
    {
        int d = x.Dimension;
        double[] origin = new double[d];
        double[] firstRow = new double[d * Panel.Stride];
        x.CopyTo(weights is null ? 0 : Array.FindIndex(weights, weight => weight > 0), 1, firstRow);
        for (int i = 0; i < d; i++)
        {
            double value = firstRow[i * Panel.Stride];
            origin[i] = double.IsFinite(value) ? value : 0; // if it is not, the pass says so, by row and column
        }

        PackedData data = new(x, new Packing(origin, 0), weights);
        Part located = Fold(data, null, workers, cancellationToken);
        double[] means = new double[d];
        int[] exponents = new int[d];
        for (int i = 0; i < d; i++)
        {
            means[i] = origin[i] + (located.First[i] / located.Weight);
            exponents[i] = located.Largest[i] > 0 ? Math.Min(-Math.ILogB(located.Largest[i]) - 1, 1000) : 0;
        }

        Part centred = Fold(data.Repack(new Packing(means, 0)), exponents, workers, cancellationToken);
        double[] deviations = new double[d];
        for (int i = 0; i < d; i++)
        {
            double mean = centred.First[i] / centred.Weight;
            double variance = Math.Max(0, (centred.Second[i] / centred.Weight) - (mean * mean));
            deviations[i] = located.Largest[i] > 0 ? Math.ScaleB(Math.Sqrt(variance), -exponents[i]) : 0;
            means[i] += Math.ScaleB(mean, -exponents[i]);
        }

        return new ColumnSummary(data, means, deviations, located.Weight, located.PositiveRows);
    }

    private static Part Fold(PackedData data, int[]? exponents, Workers workers, CancellationToken cancellationToken)
    {
        int d = data.Dimension;
        OrderedSum<Part> sum = new(data.Grid.Count, (left, right) => left.Add(right));
        workers.For(data.Grid.Count, chunk =>
        {
            Part part = new(d);
            data.Visit(chunk, components: 0, (in block, in workspace) => part.Take(block, workspace.Samples, exponents), cancellationToken);
            sum.Add(chunk, part);
        }, cancellationToken);
        return sum.Total;
    }

    private sealed class Part(int dimension)
    {
        private readonly double[] _origin = new double[dimension];
        private readonly double[] _weight = [0];

        public double[] First { get; } = new double[dimension];

        public double[] Second { get; } = new double[dimension];

        public double[] Largest { get; } = new double[dimension];

        public double Weight => _weight[0];

        public long PositiveRows { get; private set; }

        /// <summary>Notes one block, and takes its moments in units of 2^−exponents[i] for each column. Samples without weight are 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Take(in RowBlock block, Span<double> samples, int[]? exponents)
        {
            for (int i = 0; i < dimension; i++)
            {
                Span<double> row = samples.Slice(i * Panel.Stride, block.Width);
                Largest[i] = Math.Max(Largest[i], VectorKernels.Best.LargestMagnitude(row));
                if (exponents is not null)
                {
                    VectorKernels.Best.Standardize(row, 0, Math.ScaleB(1, exponents[i]), block.Width);
                }
            }

            VectorKernels.Best.RowSums(block.Weights, block.Width, _weight);
            PositiveRows += block.Count - block.Weights[..block.Count].Count(0.0);
            VectorKernels.Best.FirstAndSecondMoments(block.Panel, _origin, block.Weights, block.Width, First, Second);
        }

        public void Add(Part other)
        {
            TensorPrimitives.Add(First, other.First, First);
            TensorPrimitives.Add(Second, other.Second, Second);
            TensorPrimitives.Max(Largest, other.Largest, Largest);
            _weight[0] += other.Weight;
            PositiveRows += other.PositiveRows;
        }
    }
}

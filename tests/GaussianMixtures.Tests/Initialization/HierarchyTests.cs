using System.Text.Json;
using FluentAssertions;
using GaussianMixtures.Data;
using GaussianMixtures.Initializations;
using GaussianMixtures.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace GaussianMixtures.Tests;

/// <summary>The tree joins what mclust's hc joins, and what a slow look at every pair says.</summary>
public class HierarchyTests
{
    [Theory]
    [InlineData("columns1")]
    [InlineData("columns2")]
    [InlineData("columns3")]
    [InlineData("columns4")]
    public void Cut_OfRowsWithoutTies_IsThatOfMclustForEveryK(string name)
    {
        JsonElement reference = ReferenceData.Agglomerations.GetProperty(name);
        double[,] x = ReferenceData.Table(reference.GetProperty("x"));

        Func<int, int[]> cut = Cuts(x);
        for (int k = 1; k <= x.GetLength(0); k++)
            AdjustedRandIndex(cut(k), Integers(reference.GetProperty("labels")[k - 1])).Should().Be(1, $"k = {k}");
    }

    [Theory]
    [InlineData("iris")]
    [InlineData("thyroid")]
    public void Cut_OfRealData_IsThatOfMclust(string name)
    {
        JsonElement reference = ReferenceData.Agglomerations.GetProperty(name);

        Func<int, int[]> cut = Cuts(ReferenceData.Load(name));
        for (int k = 1; k <= 6; k++)
            AdjustedRandIndex(cut(k), Integers(reference[k - 1])).Should().Be(1, $"k = {k}");
    }

    [Fact]
    public void Cut_OfDataFullOfTies_IsAsNearToMclustAsMclustIsToItselfInAnotherOrderOfRows()
    {
        JsonElement inOrder = ReferenceData.Agglomerations.GetProperty("faithful");
        JsonElement[] reordered = [.. ReferenceData.Agglomerations.GetProperty("faithful reordered").EnumerateArray()];

        Func<int, int[]> cut = Cuts(ReferenceData.Faithful);
        for (int k = 2; k <= 6; k++)
        {
            int[][] references = [Integers(inOrder[k - 1]), .. reordered.Select(order => Integers(order[k - 2]))];

            double own = references.Average(reference => AdjustedRandIndex(cut(k), reference));

            double worst = references.Min(one => references.Where(other => other != one).Average(other => AdjustedRandIndex(one, other)));
            own.Should().BeGreaterThanOrEqualTo(worst, $"k = {k}");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 4)]
    [InlineData(4, 4)]
    [InlineData(18, 1)]
    public void Cut_ForEveryK_IsThatOfTheSlowAgglomeration(int columns, int heaviest)
    {
        double[,] x = SyntheticData.CorrelatedClouds(24, columns, 3, seed: 70 + columns, separation: 3);
        var random = new Random(columns);
        Vector<double> weights = Vector<double>.Build.Dense(24, _ => 1 + ((heaviest - 1) * random.NextDouble()));
        int[][] expected = SlowAgglomeration.Cuts(x, weights.ToArray());

        Func<int, int[]> cut = Cuts(x, weights);
        for (int k = 1; k <= 24; k++)
            AdjustedRandIndex(cut(k), expected[k - 1]).Should().Be(1, $"k = {k}");
    }

    [Fact]
    public void Cut_OfRowsThatComeTwice_PutsBothTogether()
    {
        double[,] x = SyntheticData.Take(ReferenceData.Iris, [.. Enumerable.Range(0, 150), .. Enumerable.Range(0, 150)]);

        int[] labels = Cuts(x)(7);

        labels[..150].Should().Equal(labels[150..]);
        labels.Distinct().Should().HaveCount(7);
    }

    [Fact]
    public void Cut_OfFewerRowsThanClusters_GivesEachItsOwn() =>
        Cuts(new double[,] { { 1, 2 }, { 1, 2 }, { 3, 4 }, { 3, 5 } })(4).Distinct().Should().HaveCount(3);

    [Fact]
    public void Cut_OfColumnsThatSayNothingNew_IsThatOfTheOthers()
    {
        // What rounding leaves of further axes, or of a constant's variance, must not be taken for one.
        double[,] x = SyntheticData.Clouds(100, 1, 3, seed: 83);
        double[] factors = [0.1, 0.7, -1.3];
        var wide = new double[100, 7];
        for (int i = 0; i < 100; i++)
        {
            wide[i, 0] = 0.1;
            for (int j = 1; j < 7; j++)
                wide[i, j] = factors[j % 3] * x[i, 0];
        }

        Func<int, int[]> cut = Cuts(wide);
        Func<int, int[]> expected = Cuts(x);
        for (int k = 1; k <= 50; k++)
            AdjustedRandIndex(cut(k), expected(k)).Should().Be(1, $"k = {k}");
    }

    [Fact]
    public void Cut_OfDataFullOfTies_IsThatOfTheSameInOtherUnits()
    {
        // A lattice: every row has four nearest ones, and rounding differs with the units.
        var x = new double[96, 2];
        for (int i = 0; i < 96; i++)
            (x[i, 0], x[i, 1]) = (i / 8, i % 8);

        Func<int, int[]> expected = Cuts(x);
        foreach (double factor in new[] { 1 / 60.0, 0.1, 1e-9, 1.7 })
        {
            Func<int, int[]> cut = Cuts(SyntheticData.Map(x, (value, _) => factor * (value + 0.3)));
            for (int k = 2; k <= 90; k++)
                cut(k).Should().Equal(expected(k), $"factor {factor}, k = {k}");
        }
    }

    [Fact]
    public void Cut_InAnyOrderOfTheRows_IsTheSame()
    {
        // Faithful is full of ties, and 5000 rows are more than a tree has.
        foreach (double[,] x in new[] { ReferenceData.Faithful, SyntheticData.CorrelatedClouds(5000, 2, 3, seed: 71) })
        {
            int[] order = [.. Enumerable.Range(0, x.GetLength(0))];
            new Random(7).Shuffle(order);

            StartSample rows = Rows(x);
            StartSample others = Rows(SyntheticData.Take(x, order));

            Leaves(others).Cast<double>().SequenceEqual(Leaves(rows).Cast<double>()).Should().BeTrue();
            Hierarchy tree = Tree(rows);
            Hierarchy other = Tree(others);
            for (int k = 2; k <= 6; k++)
                other.Cut(k).Should().Equal(tree.Cut(k));
        }
    }

    [Fact]
    public void Rows_OfMany_AreOfTheData()
    {
        double[,] x = SyntheticData.CorrelatedClouds(5000, 2, 3, seed: 71);

        double[,] leaves = Leaves(Rows(x));

        leaves.GetLength(0).Should().Be(2000);
        HashSet<(double, double)> chosen = [.. Enumerable.Range(0, 2000).Select(i => (leaves[i, 0], leaves[i, 1]))];
        chosen.Should().HaveCount(2000);
        Enumerable.Range(0, 5000).Count(i => chosen.Contains((x[i, 0], x[i, 1]))).Should().Be(2000);
        foreach (int column in new[] { 0, 1 })
        {
            double[] sample = [.. Enumerable.Range(0, 2000).Select(i => leaves[i, column])];
            double[] all = [.. Enumerable.Range(0, 5000).Select(i => x[i, column])];
            double deviation = Math.Sqrt(all.Average(value => Math.Pow(value - all.Average(), 2)));
            sample.Average().Should().BeApproximately(all.Average(), 4 * deviation / Math.Sqrt(2000), "no part of them is left out");
        }
    }

    /// <summary>The cluster of each row when k are left, for any k.</summary>
    private static Func<int, int[]> Cuts(double[,] x, Vector<double>? weights = null)
    {
        StartSample sample = Rows(x, weights);
        double[][] leaves = SyntheticData.Jagged(Leaves(sample));
        int[] leafOf = [.. SyntheticData.Jagged(x).Select(row => Array.FindIndex(leaves, leaf => leaf.SequenceEqual(row)))];
        Hierarchy tree = Tree(sample);
        return k =>
        {
            int[] clusters = tree.Cut(k);
            return Array.ConvertAll(leafOf, leaf => clusters[leaf]);
        };
    }

    /// <summary>The rows a tree is made of: in data units, as these are packed by shift 0 and scale 1.</summary>
    private static StartSample Rows(double[,] x, Vector<double>? weights = null)
    {
        int d = x.GetLength(1);
        double[] scale = [.. ColumnSummary.Of(x, weights?.ToArray(), Workers.None, default).Deviations];
        return StartSample.Of(new PackedData(x, Packing.Identity(d), weights?.ToArray()), scale, Agglomeration.MostRows(d), default);
    }

    private static Hierarchy Tree(StartSample rows) => Agglomeration.Join(StandardizedAxes.Of(rows), default);

    private static double[,] Leaves(StartSample rows)
    {
        int d = rows.Data.Dimension;
        var leaves = new double[rows.Count, d];
        double[] leaf = new double[d];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, leaf);
            for (int j = 0; j < d; j++)
                leaves[i, j] = leaf[j];
        }

        return leaves;
    }

    private static int[] Integers(JsonElement array) => [.. ReferenceData.Numbers(array).Select(value => (int)value)];

    /// <summary>Agreement of two partitions: 1 where they are the same, about 0 by chance (Hubert and Arabie 1985).</summary>
    private static double AdjustedRandIndex(int[] left, int[] right)
    {
        double both = left.Zip(right).CountBy(pair => pair).Sum(pair => Pairs(pair.Value));
        double ofLeft = left.CountBy(label => label).Sum(label => Pairs(label.Value));
        double ofRight = right.CountBy(label => label).Sum(label => Pairs(label.Value));
        double expected = ofLeft * ofRight / Pairs(left.Length);
        double most = (ofLeft + ofRight) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    private static double Pairs(double count) => count * (count - 1) / 2;
}

using FluentAssertions;
using GaussianMixtures.Initializations;

namespace GaussianMixtures.Tests;

/// <summary>How fits of the same rows share the threads: all of them where there is work, and never more.</summary>
public class ShareOutTests
{
    private static readonly FitData Few = FitData.Of(SyntheticData.Clouds(100, 1, 1, seed: 1), null, 1, default);
    private static readonly FitData Many = FitData.Of(new double[140_000, 2], null, 1, default);

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(5, 1, 1, 1)]
    [InlineData(5, 2, 2, 1)]
    [InlineData(2, 8, 2, 4)]
    [InlineData(1, 8, 1, 8)]
    public void ShareOut_OfFewRows_IsSideBySide(int fits, int degree, int atOnce, int each) =>
        Few.ShareOut(fits, degree).Should().Be((atOnce, each));

    [Theory]
    [InlineData(5, 1, 1, 1)]
    [InlineData(5, 2, 1, 2)]
    [InlineData(12, 8, 4, 2)]
    [InlineData(2, 8, 2, 4)]
    [InlineData(1, 8, 1, 8)]
    public void ShareOut_OfManyRows_GivesEachFitSeveral(int fits, int degree, int atOnce, int each)
    {
        Many.Packed.Grid.Count.Should().Be(64);

        Many.ShareOut(fits, degree).Should().Be((atOnce, each));
    }

    [Fact]
    public void ShareOut_NeverGivesMoreThanThereAre()
    {
        foreach (FitData data in new[] { Few, Many })
        {
            for (int fits = 1; fits <= 20; fits++)
            {
                for (int degree = 1; degree <= 20; degree++)
                {
                    (int atOnce, int each) = data.ShareOut(fits, degree);
                    (atOnce * each).Should().BeInRange(1, degree);
                }
            }
        }
    }
}

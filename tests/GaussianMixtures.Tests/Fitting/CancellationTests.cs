using FluentAssertions;

namespace GaussianMixtures.Tests;

/// <summary>Cancelling ends the fit before the next iteration is over, and leaves nothing behind.</summary>
public class CancellationTests
{
    private static readonly GaussianMixture Endless = new(3) { Tolerance = 0, MaxIterations = 1_000_000 };

    [Fact]
    public void Fit_CancelledBefore_DoesNotBegin()
    {
        var progress = new ProgressLog();

        var cancelled = new CancellationToken(canceled: true);

        Action fit = () => Endless.Fit(ReferenceData.Iris, progress: progress, cancellationToken: cancelled);

        fit.Should().Throw<OperationCanceledException>();
        progress.Entries.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Fit_CancelledInIteration_StopsWithinTheNext(int iteration)
    {
        using var source = new CancellationTokenSource();
        var progress = new ProgressLog(p =>
        {
            if (p.Iteration == iteration)
                source.Cancel();
        });

        Action fit = () => Endless.Fit(ReferenceData.Iris, progress: progress, cancellationToken: source.Token);

        fit.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        progress.Entries.Max(p => p.Iteration).Should().BeLessThanOrEqualTo(iteration + 1);
    }

    [Fact]
    public void Fit_CancelledAmongRestarts_StopsThemAll()
    {
        using var source = new CancellationTokenSource();
        var progress = new ProgressLog(p =>
        {
            if (p.Iteration == 5)
                source.Cancel();
        });

        GaussianMixture estimator = Endless with { Restarts = 8 };

        Action fit = () => estimator.Fit(ReferenceData.Iris, progress: progress, cancellationToken: source.Token);

        fit.Should().Throw<OperationCanceledException>();
        progress.Entries.Should().HaveCountLessThan(100_000);
    }

    [Fact]
    public void Fit_AfterACancelledOne_IsNotTouchedByIt()
    {
        GaussianMixture estimator = new(3) { MaxIterations = 20, Tolerance = 0 };
        GaussianMixtureModel before = estimator.Fit(ReferenceData.Iris);
        using var source = new CancellationTokenSource();
        var progress = new ProgressLog(_ => source.Cancel());

        Action fit = () => estimator.Fit(ReferenceData.Iris, progress: progress, cancellationToken: source.Token);

        fit.Should().Throw<OperationCanceledException>();
        estimator.Fit(ReferenceData.Iris).ShouldHaveTheBitsOf(before, ReferenceData.Iris);
    }

    [Fact]
    public void Fit_WithAProgressThatThrows_LetsItsExceptionOut()
    {
        var progress = new ProgressLog(_ => throw new InvalidTimeZoneException("from the caller"));

        Action fit = () => Endless.Fit(ReferenceData.Iris, progress: progress);

        fit.Should().Throw<InvalidTimeZoneException>().WithMessage("from the caller");
    }
}

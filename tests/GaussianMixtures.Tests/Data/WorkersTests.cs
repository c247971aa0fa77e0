using FluentAssertions;
using GaussianMixtures.Data;

namespace GaussianMixtures.Tests;

/// <summary>Threads share out what is to be done: all of it, once, on no more threads than were asked for, and errors in order.</summary>
public class WorkersTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 1)]
    [InlineData(2, 1000)]
    [InlineData(7, 64)]
    [InlineData(64, 7)]
    public void Every_body_runs_once_in_every_call(int degree, int count)
    {
        using Workers workers = new(degree);
        for (int call = 0; call < 200; call++)
        {
            int[] runs = new int[count];
            workers.For(count, i => Interlocked.Increment(ref runs[i]));
            runs.Should().AllBeEquivalentTo(1);
        }
    }

    [Fact]
    public void No_more_threads_run_than_asked_for_and_as_many_as_that()
    {
        using Workers workers = new(3);
        for (int call = 0; call < 3; call++)
        {
            // Two bodies wait for a third: without three threads at once none would ever end.
            using Barrier three = new(3);
            int running = 0;
            int most = 0;
            workers.For(6, _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                three.SignalAndWait(TimeSpan.FromMinutes(1)).Should().BeTrue();
                Interlocked.Decrement(ref running);
            });
            most.Should().Be(3);
        }
    }

    [Fact]
    public void The_failure_of_the_lowest_index_is_thrown_after_all_have_run()
    {
        using Workers workers = new(4);
        for (int call = 0; call < 100; call++)
        {
            int runs = 0;
            Action all = () => workers.For(50, i =>
            {
                Interlocked.Increment(ref runs);
                if (i is 17 or 18 or 40)
                {
                    throw new InvalidOperationException($"{i}");
                }
            });
            all.Should().Throw<InvalidOperationException>().WithMessage("17");
            runs.Should().Be(50);
        }
    }

    [Fact]
    public void Bodies_may_call_too_and_several_threads_at_once()
    {
        using Workers outer = new(4);
        using Workers inner = new(2);
        int[,] runs = new int[40, 30];
        outer.For(40, i => inner.For(30, j => inner.For(2, _ => Interlocked.Increment(ref runs[i, j]))));
        runs.Cast<int>().Should().AllBeEquivalentTo(2);
    }

    [Fact]
    public void A_busy_thread_pool_costs_time_and_nothing_else()
    {
        ThreadPool.GetMinThreads(out int few, out _);
        using ManualResetEventSlim over = new();
        using CountdownEvent left = new(4 * few);
        for (int i = 0; i < 4 * few; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                over.Wait();
                left.Signal();
            });
        }

        using Workers workers = new(4);
        int sum = 0;
        for (int call = 0; call < 100; call++)
        {
            workers.For(10, i => Interlocked.Add(ref sum, i));
        }

        over.Set();
        left.Wait();
        sum.Should().Be(4500);
    }

    [Fact]
    public void Others_who_wait_for_the_pool_have_their_turn_between_calls()
    {
        using Workers workers = new(64);
        using ManualResetEventSlim hadTheirTurn = new();
        for (int call = 0; call < 3000 && !hadTheirTurn.IsSet; call++)
        {
            workers.For(128, _ => Thread.SpinWait(2000));
            if (call == 50)
            {
                ThreadPool.QueueUserWorkItem(_ => hadTheirTurn.Set());
            }
        }

        hadTheirTurn.IsSet.Should().BeTrue();
    }

    [Fact]
    public void A_call_from_a_body_whose_own_call_has_been_left_is_helped_too()
    {
        using Workers workers = new(2);
        using Barrier both = new(2);
        int caller = Environment.CurrentManagedThreadId;
        workers.For(2, _ =>
        {
            both.SignalAndWait();
            if (Environment.CurrentManagedThreadId != caller)
            {
                Thread.Sleep(50);
                using Barrier two = new(2);
                workers.For(2, _ => two.SignalAndWait(TimeSpan.FromSeconds(30)).Should().BeTrue());
            }
        });
    }

    [Fact]
    public void Threads_that_have_gone_are_called_again()
    {
        using Workers workers = new(2);
        for (int call = 0; call < 5; call++)
        {
            using Barrier two = new(2);
            workers.For(2, _ => two.SignalAndWait(TimeSpan.FromMinutes(1)).Should().BeTrue());
            Thread.Sleep(50);
        }
    }

    [Fact]
    public void Who_has_cancelled_before_runs_nothing()
    {
        using Workers workers = new(2);
        int runs = 0;
        Action cancelled = () => workers.For(10, _ => runs++, new CancellationToken(canceled: true));
        cancelled.Should().Throw<OperationCanceledException>();
        runs.Should().Be(0);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}

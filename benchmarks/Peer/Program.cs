// Times the library on a folder of data and starting parameters, for side-by-side tables:
//
//   gmm-peer fit     <workdir> <T> <outdir|->             T EM iterations from the start given there
//   gmm-peer bayes   <workdir> <T> <outdir|->             T variational iterations from the labels given there
//   gmm-peer e2e     <workdir> 0 - <reps>                 whole fits with default settings
//   gmm-peer search  <workdir> 0 - <reps>                 whole searches with default settings
//   gmm-peer predict <workdir> 0 - <paramsdir>            scoring and sampling under given parameters
//
// Prints one line of JSON last. MaxDegreeOfParallelism is taken from the environment variable GMM_THREADS, if set.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GaussianMixtures;
using GaussianMixtures.Peer;

string mode = args[0];
Workload work = new(args[1]);
int? threads = Environment.GetEnvironmentVariable("GMM_THREADS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

object result = mode switch
{
    "fit" => Fit(int.Parse(args[2], CultureInfo.InvariantCulture), args[3]),
    "bayes" => Bayes(int.Parse(args[2], CultureInfo.InvariantCulture), args[3]),
    "e2e" => EndToEnd(int.Parse(args[4], CultureInfo.InvariantCulture)),
    "search" => Search(int.Parse(args[4], CultureInfo.InvariantCulture)),
    "predict" => Predict(args[4]),
    _ => throw new ArgumentException($"{mode} is no mode: use fit, bayes, e2e, search or predict."),
};
Console.WriteLine(JsonSerializer.Serialize(result));

object Fit(int iterations, string output)
{
    GaussianMixture estimator = new(work.Components)
    {
        CovarianceType = work.CovarianceType,
        Initialization = Initialization.FromModel(work.Start()),
        MaxIterations = iterations,
        Tolerance = 0,
        VarianceFloor = 0,
        MaxDegreeOfParallelism = threads,
    };
    return Iterate(iterations, output, few => (estimator with { MaxIterations = 1, VarianceFloor = 1e-6 }).Fit(few), x => estimator.Fit(x));
}

object Bayes(int iterations, string output)
{
    int[] labels = work.Labels();
    BayesianGaussianMixture estimator = new(work.Components)
    {
        CovarianceType = work.CovarianceType,
        Initialization = Initialization.FromLabels(labels),
        MaxIterations = iterations,
        Tolerance = 0,
        MaxDegreeOfParallelism = threads,
    };
    return Iterate(iterations, output,
        few => (estimator with { MaxIterations = 1, Initialization = Initialization.FromLabels(labels[..few.GetLength(0)]) }).Fit(few),
        x => estimator.Fit(x));
}

object Iterate(int iterations, string output, Action<double[,]> warmUp, Func<double[,], GaussianMixtureModel> fit)
{
    double[,] few = new double[Math.Min(2000, work.Rows), work.Columns];
    Array.Copy(work.X, few, few.Length);
    warmUp(few);
    long before = PeakMemory();
    long started = Stopwatch.GetTimestamp();
    GaussianMixtureModel model = fit(work.X);
    double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    long after = PeakMemory();
    if (output != "-")
    {
        work.Save(model, output);
    }

    return new { sec = seconds, iters = iterations, rss_before_kb = before, rss_peak_kb = after };
}

object EndToEnd(int repetitions)
{
    GaussianMixture estimator = new(work.Components) { MaxDegreeOfParallelism = threads };
    WarmUp(1.5, () => estimator.Fit(work.X));
    List<double> seconds = [];
    GaussianMixtureModel? model = null;
    for (int repetition = 0; repetition < repetitions; repetition++)
    {
        long started = Stopwatch.GetTimestamp();
        model = (estimator with { Seed = repetition }).Fit(work.X);
        seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    return new { secs = seconds, mean_ll = model!.Score(work.X) };
}

// The first search of a process pays for compiling what it runs, the next ones run what was compiled in haste; warm ones do neither.
object Search(int repetitions)
{
    ModelSelection search = new();
    search = search with { Estimator = search.Estimator with { MaxDegreeOfParallelism = threads } };
    (double first, double firstCpu, Candidate best) = Once();
    double second = Once().Seconds;
    WarmUp(10, () => search.Fit(work.X));
    (double Seconds, double Cpu, Candidate)[] warm = [.. Enumerable.Range(0, repetitions).Select(_ => Once())];
    return new
    {
        first,
        first_cpu = firstCpu,
        second,
        secs = warm.Select(run => run.Seconds),
        cpus = warm.Select(run => run.Cpu),
        family = best.CovarianceType.Name,
        components = best.Components,
        bic = best.Bic,
    };

    (double Seconds, double Cpu, Candidate Best) Once()
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        Candidate found = search.Fit(work.X).BestCandidate;
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds, found);
    }
}

object Predict(string folder)
{
    const int Draws = 1_000_000;
    GaussianMixtureModel model = work.Model(folder, "");
    double mean = 0;
    double proba = Rate(work.Rows, () => model.PredictProba(work.X));
    double score = Rate(work.Rows, () => mean = model.ScoreSamples(work.X).Average());
    double labels = Rate(work.Rows, () => model.Predict(work.X));
    double sample = Rate(Draws, () => model.Sample(Draws, seed: 1));
    return new { predict_proba_per_s = proba, score_samples_per_s = score, predict_per_s = labels, sample_per_s = sample, mean_ll = mean };
}

static double Rate(int rows, Action call)
{
    WarmUp(1.5, call);
    long started = Stopwatch.GetTimestamp();
    call();
    return rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
}

// Until the runtime has optimised what is called often, which it does in the background.
static void WarmUp(double seconds, Action call)
{
    long started = Stopwatch.GetTimestamp();
    while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
    {
        call();
    }
}

// The most memory the process has held so far, in KiB.
static long PeakMemory() => File.Exists("/proc/self/status")
    ? long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
    : Process.GetCurrentProcess().PeakWorkingSet64 / 1024;

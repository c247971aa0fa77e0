#!/usr/bin/python3
"""Times Gaussian mixture libraries on identical data from identical starting parameters, and checks what they return.

  compare.py run   [--work DIR] [--workloads W1,bayes,faithful,search-iris,predict] [--peers gmm,skloop] [--rounds 3] [--limit 60]
  compare.py table [--work DIR]        the medians of all runs in DIR/results.jsonl, as Markdown

A peer is a program. It reads a folder as data.py describes it, times only the work itself, and prints one line of JSON last:

  fit     FOLDER T OUT             T EM iterations (E, then M) from the start in FOLDER, no convergence test, no regularisation;
                                   weights.f64, means.f64 and covs.f64 go to OUT unless that is "-"
                                   -> {"sec", "rss_before_kb", "rss_peak_kb"}
  bayes   FOLDER T OUT             T variational iterations under the default priors (a Dirichlet process) from the labels in FOLDER;
                                   as fit, and concentrations.f64, k x 2
  e2e     FOLDER 0 - REPETITIONS   whole fits with default settings, after some that do not count -> {"secs": [...], "mean_ll"}
  search  FOLDER 0 - REPETITIONS   whole searches over 14 families and 1 to 9 components with default settings, the first and the second
                                   of the process apart, and others that do not count
                                   -> {"first", "first_cpu", "second", "secs": [...], "cpus": [...], "family", "components", "bic"};
                                   cpu is CPU seconds, of a BIC the lower the better
  predict FOLDER 0 - PARAMETERS    -> {"predict_proba_per_s", "score_samples_per_s", "predict_per_s", "sample_per_s", "mean_ll"}

Exit status 3: the peer has no such model. Peers take turns within a round. A peer that takes longer than --limit seconds for a
run is given up for that workload. Every fit and every bayes is run with 1 iteration and with T:
  slope = (t(T) - t(1)) / (T - 1)    seconds per iteration, without set-up and without a closing E step
  call  = t(T) / T                   the same with them
"""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import time
import numpy as np
from data import LABELLED, SMALL, SPEC, WORK
from sklearn_peer import load, parameters

HERE = os.path.dirname(os.path.abspath(__file__))
SKLEARN = ["/usr/bin/python3", HERE + "/sklearn_peer.py"]
FITS = list(SPEC)
VARIATIONAL = ["bayes", "em"]  # V1: variational Bayes, and EM from the same start
SEARCHES = {"search-faithful": ("272 x 2", 5), "search-iris": ("150 x 4", 5), "search-S1": ("20,000 x 5", 1)}  # shape, repetitions
ITERATED = {**{w: ("fit", w) for w in FITS}, "bayes": ("bayes", "V1"), "em": ("fit", "V1")}  # workload: mode, data
EVERYTHING = [*ITERATED, *SMALL, *SEARCHES, "predict"]
FULL_OR_DIAGONAL = [w for w in FITS if SPEC[w][3] in ("full", "diag")]
# Armadillo's threads are OpenMP's, each with its own product; mclust's products are too small to share out.
ONE_BLAS_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
PEERS = {  # name: command (WORK is the work directory), environment, T, workloads
    "gmm": (["WORK/bin/gmm-peer/gmm-peer"], {}, 10, EVERYTHING),
    "gmm-1t": (["WORK/bin/gmm-peer/gmm-peer"], {"GMM_THREADS": "1"}, 10, [*ITERATED, *SEARCHES]),
    "skloop": (SKLEARN + ["skloop"], {}, 6, list(ITERATED)),
    "sklearn": (SKLEARN + ["sklearn"], {}, 6, [*ITERATED, *SMALL, "predict"]),
    "armadillo": (["WORK/bin/armadillo_peer"], ONE_BLAS_THREAD, 3, [*FULL_OR_DIAGONAL, *SMALL, "predict"]),
    "mclust": (["Rscript", HERE + "/mclust_peer.R"], ONE_BLAS_THREAD, 3, [*FITS, *SMALL, *SEARCHES, "predict"]),
}
REPETITIONS = 100
PARAMETERS = ("weights", "means", "covariances", "concentrations")
RATES = ("predict_proba_per_s", "score_samples_per_s", "predict_per_s", "sample_per_s")


def busy_seconds():
    """CPU seconds anybody has used since boot."""
    with open("/proc/stat") as file:
        v = [int(x) for x in file.readline().split()[1:]]
    return (sum(v[:8]) - v[3] - v[4]) / os.sysconf("SC_CLK_TCK")


def call(work, peer, arguments, limit):
    """One run of a peer: its JSON, or {"failed": why}. others_cpu_s is what other processes used meanwhile."""
    command, environment, _, _ = PEERS[peer]
    command = [part.replace("WORK", work, 1) for part in command] + arguments
    threads = str(os.cpu_count())
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads, **environment}
    busy, used, started = busy_seconds(), os.times(), time.monotonic()
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"> {limit:g} s"}
    wall, after = time.monotonic() - started, os.times()
    if done.returncode:
        return {"failed": "no such model" if done.returncode == 3 else "failed", "stderr": done.stderr[-2000:]}
    result = json.loads(done.stdout.strip().splitlines()[-1])
    own = after.children_user + after.children_system - used.children_user - used.children_system
    return {**result, "wall_s": wall, "others_cpu_s": max(0.0, busy_seconds() - busy - own)}


def mean_log_likelihood(x, weights, means, covariances, cov):
    """Per row, by Cholesky factors: independent of every peer."""
    k, d = means.shape
    factors = []
    for j in range(k):
        s = {"full": lambda: covariances[j], "tied": lambda: covariances, "diag": lambda: np.diag(covariances[j]),
             "spherical": lambda: np.eye(d) * covariances[j]}[cov]()
        lower = np.linalg.cholesky(s)
        factors.append((np.linalg.inv(lower), np.log(np.diag(lower)).sum()))
    total = 0.0
    for first in range(0, len(x), 20_000):
        rows = x[first:first + 20_000]
        logs = np.empty((len(rows), k))
        for j, (inverse, half_log_det) in enumerate(factors):
            y = (rows - means[j]) @ inverse.T
            logs[:, j] = np.log(weights[j]) - 0.5 * (d * np.log(2 * np.pi) + np.einsum("ij,ij->i", y, y)) - half_log_det
        top = logs.max(1)
        total += (top + np.log(np.exp(logs - top[:, None]).sum(1))).sum()
    return total / len(x)


def reference(work, workload, iterations):
    """The folder with the parameters after so many of scikit-learn's own E and M steps."""
    mode, data = ITERATED[workload]
    folder = f"{work}/out/reference/{workload}-{iterations}"
    if not os.path.exists(folder + "/covs.f64"):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(SKLEARN + ["skloop", mode, f"{work}/data/{data}", str(iterations), folder], check=True, capture_output=True)
    return folder


def check(work, workload, iterations, out):
    """Relative differences from the reference: log-likelihood, and the largest of each kind of parameter."""
    meta, x = load(f"{work}/data/{ITERATED[workload][1]}")
    folders = out, reference(work, workload, iterations)
    ours, theirs = (parameters(meta, f"{folder}/") for folder in folders)
    expected, actual = (mean_log_likelihood(x, *p, meta["cov"]) for p in (theirs, ours))
    apart = dict(zip(PARAMETERS, map(largest_difference, ours, theirs)))
    if workload == "bayes":
        apart[PARAMETERS[3]] = largest_difference(*(np.fromfile(f"{folder}/concentrations.f64") for folder in folders))
    return {"mean_ll": actual, "ll_rel": abs(actual / expected - 1), "parameters_rel": max(apart.values()), "apart": apart}


def largest_difference(a, b):
    return float(np.abs(a - b).max() / np.abs(b).max())


def run(args):
    peers, workloads = args.peers.split(","), args.workloads.split(",")
    given_up, to_check = set(), {}
    if "predict" in workloads:
        reference(args.work, "W2", 10)
    with open(args.work + "/results.jsonl", "a") as raw:
        def log(**record):
            raw.write(json.dumps(record) + "\n")
            raw.flush()
            print(json.dumps(record), flush=True)

        for _ in range(args.rounds):
            for workload in workloads:
                for peer in peers:
                    _, _, iterations, can = PEERS[peer]
                    if workload not in can or (peer, workload) in given_up:
                        continue
                    mode, data = ITERATED.get(workload, ("", "W2" if workload == "predict" else workload.removeprefix("search-")))
                    folder = f"{args.work}/data/{data}"
                    if workload in ITERATED:
                        out = f"{args.work}/out/{peer}/{workload}"
                        os.makedirs(out, exist_ok=True)
                        once = call(args.work, peer, [mode, folder, "1", "-"], args.limit)
                        result = once if "failed" in once else call(args.work, peer, [mode, folder, str(iterations), out], args.limit)
                        if "failed" not in result:
                            result["sec1"] = once["sec"]
                            result["slope"] = (result["sec"] - once["sec"]) / (iterations - 1)
                            result["call"] = result["sec"] / iterations
                            to_check[peer, workload] = (iterations, out)
                    elif workload in SMALL:
                        result = call(args.work, peer, ["e2e", folder, "0", "-", str(REPETITIONS)], args.limit)
                        if "failed" not in result:
                            seconds = result.pop("secs")
                            result.update(median=statistics.median(seconds), minimum=min(seconds))
                    elif workload in SEARCHES:
                        result = call(args.work, peer, ["search", folder, "0", "-", str(SEARCHES[workload][1])], args.limit)
                        if "failed" not in result:
                            for name, values in (("", result.pop("secs")), ("cpu_", result.pop("cpus"))):
                                result.update({name + "median": statistics.median(values), name + "minimum": min(values)})
                    else:
                        result = call(args.work, peer, ["predict", folder, "0", "-", reference(args.work, "W2", 10)], args.limit)
                    if "failed" in result:
                        given_up.add((peer, workload))
                    log(peer=peer, workload=workload, **result)
        for (peer, workload), (iterations, out) in to_check.items():
            log(peer=peer, workload=workload, check=True, **check(args.work, workload, iterations, out))


def first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return "?"


def package(name):
    return first_line(["dpkg-query", "-W", "-f", "${Version}\n", name]).split("-")[0].split("+")[0].split(":")[-1]


def heading():
    with open("/proc/cpuinfo") as file:
        cpu = dict(line.split(":", 1) for line in file.read().split("\n\n")[0].splitlines())
    cpu = {key.strip(): value.strip() for key, value in cpu.items()}
    flags = cpu.get("flags", "").split()
    vectors = ", AVX-512" if "avx512f" in flags else ", AVX2" if "avx2" in flags else ""
    return (f"{datetime.date.today()}, {os.cpu_count()} x {cpu.get('model name', platform.machine())} "
            f"(family {cpu.get('cpu family', '?')}{vectors}), {platform.freedesktop_os_release()['PRETTY_NAME']}, "
            f".NET SDK {first_line(['dotnet', '--version'])}, scikit-learn {package('python3-sklearn')}, "
            f"OpenBLAS {package('libopenblas0-pthread')}, Armadillo {package('libarmadillo-dev')}, mclust {package('r-cran-mclust')}")


def seconds_text(s):
    return f"{s * 1e6:.3g} µs" if s < 1e-3 else f"{s * 1e3:.3g} ms" if s < 1 else f"{s:.3g} s"


def ratio_text(ratio):
    return f"{ratio:.0f}x" if ratio >= 20 else f"{ratio:.1f}x" if ratio >= 2 else f"{ratio:.2f}x"


def rows_text(rate):
    return f"{rate / 1e6:.3g} M/s"


def grid(title, first, peers, rows):
    """A Markdown table; rows are (name, {peer: text})."""
    shown = [p for p in peers if any(p in cells for _, cells in rows)]
    if shown:
        print(f"\n**{title}**\n\n| {first} | " + " | ".join(shown) + " |\n|---|" + "---|" * len(shown))
        for name, cells in rows:
            print(f"| {name} | " + " | ".join(cells.get(p, "-") for p in shown) + " |")


def table(args):
    runs, checks, failures = {}, {}, {}
    with open(args.work + "/results.jsonl") as file:
        for record in map(json.loads, file):
            key = record["peer"], record["workload"]
            if "failed" in record:
                failures[key] = record["failed"]
            elif record.get("check"):
                checks[key] = record
            else:
                runs.setdefault(key, []).append(record)
    peers = [p for p in PEERS if any(key[0] == p for key in runs)]

    def values(peer, workload, field):
        return [r[field] for r in runs.get((peer, workload), []) if field in r]

    def middle(peer, workload, field):
        return statistics.median(values(peer, workload, field))

    def best(peer, workload, field, faster_is):
        if field != "slope":
            return faster_is(values(peer, workload, field))
        # From the best of either time: the least of noisy differences would favour runs whose first time was disturbed.
        return (min(values(peer, workload, "sec")) - min(values(peer, workload, "sec1"))) / (values(peer, workload, "iters")[0] - 1)

    def compared(workload, field, low=None, text=seconds_text, faster_is=min):
        """Median and ratio of the medians to ours (x times slower); in brackets the same of the best runs."""
        measured = {p: (statistics.median(v), best(p, workload, low or field, faster_is)) for p in peers if (v := values(p, workload, field))}
        cells = {}
        for p in peers:
            if p in measured:
                ratios = ["", ""]
                if p != "gmm" and "gmm" in measured:
                    pairs = zip(measured[p], measured["gmm"])
                    ratios = [ratio_text(theirs / ours if faster_is is min else ours / theirs) for theirs, ours in pairs]
                middle, least = map(text, measured[p])
                cells[p] = f"{middle} **{ratios[0]}** ({least}, {ratios[1]})" if ratios[0] else f"{middle} ({least})"
            elif (p, workload) in failures:
                cells[p] = failures[p, workload]
        return cells

    print(f"{heading()}.\n\nMedians of alternating runs and, bold, how many times ours they are; in brackets the same of the best runs.")
    def present(workloads):
        return [w for w in workloads if any(w == key[1] for key in runs)]

    fits, variational = present(FITS), present(VARIATIONAL)
    spec = {**SPEC, **{w: SPEC[LABELLED["V1"]] for w in VARIATIONAL}}
    shape = {w: f"{w}: {spec[w][0]:,} x {spec[w][1]}, k = {spec[w][2]}, {spec[w][3]}" for w in fits}
    grid("One EM iteration (slope)", "workload", peers, [(shape[w], compared(w, "slope")) for w in fits])
    grid("One EM iteration with its share of the call", "workload", peers, [(shape[w], compared(w, "call")) for w in fits])
    grid("Log-likelihood after T iterations: relative difference from scikit-learn's E and M steps (largest of a parameter)", "workload", peers,
         [(w, {p: f"{c['ll_rel']:.0e} ({c['parameters_rel']:.0e})" for p in peers if (c := checks.get((p, w)))}) for w in fits])
    grid("Memory the fit adds, MiB", "workload (size of the data)", peers,
         [(f"{w} ({spec[w][0] * spec[w][1] / 2**17:.0f})", {p: f"{max(r['rss_peak_kb'] - r['rss_before_kb'] for r in runs[p, w]) / 1024:.0f}"
                                                       for p in peers if (p, w) in runs}) for w in fits + variational])

    def against_em(field):
        both = [p for p in peers if all((p, w) in runs for w in VARIATIONAL)]
        ratios = [[which(p, "bayes") / which(p, "em") for which in (lambda *key: middle(*key, field), lambda *key: best(*key, field, min))] for p in both]
        return {p: f"{median:.2f} ({least:.2f})" for p, (median, least) in zip(both, ratios)}

    def apart(w, name):
        return {p: f"{c['apart'][name]:.0e}" for p in peers if name in (c := checks.get((p, w), {})).get("apart", ())}

    for field, title in (("slope", "One variational iteration, and one of EM from the same start (slope)"),
                         ("call", "One variational iteration, and one of EM, with its share of the call")):
        rows = [(w, compared(w, field)) for w in variational]
        grid(title, "iteration", peers, [*rows, *([("bayes / em", against_em(field))] if len(rows) == 2 else [])])
    grid("After T of these iterations: largest relative difference from scikit-learn's own steps", "parameters", peers,
         [(f"{w}: {name}", cells) for w in variational for name in PARAMETERS if (cells := apart(w, name))])
    small = [(w, compared(w, "median", "minimum")) for w in present(SMALL)]
    for w, cells in small:
        for p in cells:
            if (p, w) in runs:
                cells[p] += f", log-likelihood {runs[p, w][-1]['mean_ll']:.6f}"
    grid("A whole fit with default settings", "data", peers, small)
    searches = []
    for w in present(SEARCHES):
        name = w.removeprefix("search-")
        searches += [(f"{name}: {SEARCHES[w][0]}", compared(w, "median", "minimum")),
                     (f"{name}, CPU", compared(w, "cpu_median", "cpu_minimum")),
                     (f"{name}, first of its process", compared(w, "first")),
                     (f"{name}, second of its process", compared(w, "second")),
                     (f"{name}, found", {p: "{family}, k = {components}, BIC {bic:.2f}".format(**runs[p, w][-1]) for p in peers if (p, w) in runs})]
    grid("A whole search with default settings: 14 families, k from 1 to 9", "data", peers, searches)
    if any("predict" == key[1] for key in runs):
        grid("Rows a second under W2's fitted model", "call", peers,
             [(rate.removesuffix("_per_s"), compared("predict", rate, text=rows_text, faster_is=max)) for rate in RATES])
    timed = [r for rs in runs.values() for r in rs]
    disturbed = sum(r["others_cpu_s"] > 0.1 * r["wall_s"] for r in timed)
    print(f"\nOther processes took more than a tenth of a core during {disturbed} of {len(timed)} runs.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["run", "table"])
    parser.add_argument("--work", default=WORK)
    parser.add_argument("--workloads", default=",".join(EVERYTHING))
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=60, help="seconds a run may take")
    args = parser.parse_args()
    if args.what == "run":
        run(args)
    else:
        table(args)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""How the time of an EM iteration grows: with the rows (d = 4, k = 4) and with the components (d = 4, 100,000 rows).

  growth.py [--work DIR] [--rounds 3]

Prints seconds per iteration (slope, see compare.py; medians, minima in brackets) and the exponents: the slopes of
log(seconds) against log(n) and log(k), 1 being proportional growth.
"""
import argparse
import shutil
import statistics
import numpy as np
from compare import call, seconds_text
from data import WORK, mixture, save

D = 4
CASES = {  # what grows: (n, k, iterations) each; the fewer rows, the more iterations, so that each run lasts a while
    "n": [(n, 4, max(11, min(201, 20_000_000 // n))) for n in (10_000, 31_623, 100_000, 316_228, 1_000_000, 3_162_278, 10_000_000)],
    "k": [(100_000, k, 41) for k in (2, 4, 8, 16, 32, 64)],
}


def slopes(work, n, k, iterations, rounds):
    """Seconds per iteration: from the medians of the rounds, and from their minima."""
    folder = f"{work}/data/growth"
    x, *start = mixture(n, D, k, "full", seed=n + k)
    save(folder, x, k, "full", start)
    del x
    times = {1: [], iterations: []}
    for _ in range(rounds):
        for count, seconds in times.items():
            seconds.append(call(work, "gmm", ["fit", folder, str(count), "-"], limit=300)["sec"])
    shutil.rmtree(folder)
    return [(which(times[iterations]) - which(times[1])) / (iterations - 1) for which in (statistics.median, min)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", default=WORK)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    for what, cases in CASES.items():
        print("\n| n | k | per iteration | per row and component |\n|---|---|---|---|")
        medians, minima = [], []
        for n, k, iterations in cases:
            median, least = slopes(args.work, n, k, iterations, args.rounds)
            medians.append(median)
            minima.append(least)
            print(f"| {n:,} | {k} | {seconds_text(median)} ({seconds_text(least)}) | {median / n / k * 1e9:.2f} ns |", flush=True)
        sizes = np.log([case[0] if what == "n" else case[1] for case in cases])
        exponent, lowest = (np.polyfit(sizes, np.log(times), 1)[0] for times in (medians, minima))
        print(f"\nTime grows as {what}^{exponent:.2f} (minima: {what}^{lowest:.2f}).")


if __name__ == "__main__":
    main()

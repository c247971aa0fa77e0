#!/usr/bin/python3
"""Writes the workloads' data and starting parameters under WORK/data; what is there already stays.

  data.py [--work DIR] [NAME ...]

<name>/meta.json             {"n", "d", "k", "cov"}; cov is full, tied, diag or spherical
<name>/X.f64                 n x d doubles, little-endian, row after row
<name>/init_weights.f64      k
<name>/init_means.f64        k x d
<name>/init_covs.f64         full k x d x d, tied d x d, diag k x d, spherical k
<name>/init_labels.f64       n, from 0 to k - 1; only of V1, whose other starting parameters are those labels' own
faithful, iris and S1 (for whole default fits and searches) have only X.f64 and meta.json.
"""
import argparse
import csv
import json
import os
import tempfile
import numpy as np

WORK = os.path.join(tempfile.gettempdir(), "gmm-side-by-side")
REFERENCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tests/GaussianMixtures.Tests/Reference")
SPEC = {  # name: n, d, k, covariance type, seed (W2, W6 and W7 share their data)
    "W1": (1_000_000, 2, 5, "full", 1001),
    "W2": (200_000, 16, 16, "full", 1002),
    "W3": (100_000, 39, 64, "diag", 1003),
    "W4": (50_000, 64, 32, "full", 1004),
    "W5": (10_000, 256, 8, "full", 1005),
    "W6": (200_000, 16, 16, "tied", 1002),
    "W7": (200_000, 16, 16, "spherical", 1002),
}
SMALL = {"faithful": 2, "iris": 3}  # name: components
SEARCHED = {"S1": (20_000, 5, 5, "full", 2001)}  # as SPEC; clusters of very unequal size
LABELLED = {"V1": "W2"}  # name: whose data; the start is every row's nearest mean of that workload's start


def shrink(covariances, cov, weights):
    """k full matrices in the shape of a covariance type."""
    if cov == "full":
        return covariances
    if cov == "tied":
        return np.tensordot(weights, covariances, 1)
    diagonals = np.einsum("kii->ki", covariances)
    return diagonals.copy() if cov == "diag" else diagonals.mean(1)


def mixture(n, d, k, cov, seed, evenness=8.0):
    """n rows of k overlapping Gaussians with eigenvalues from 0.3 to 2, and a start some way off the truth."""
    rng = np.random.Generator(np.random.PCG64(seed))
    w = rng.dirichlet(np.full(k, evenness))
    means = rng.standard_normal((k, d)) * (3.0 / np.sqrt(d) if d > 2 else 2.5)
    covs = np.empty((k, d, d))
    for j in range(k):
        q, _ = np.linalg.qr(rng.standard_normal((d, d)))
        eigenvalues = np.exp(rng.uniform(np.log(0.3), np.log(2.0), d))
        covs[j] = (q * eigenvalues) @ q.T
        covs[j] = (covs[j] + covs[j].T) / 2
    z = rng.choice(k, size=n, p=w)
    x = np.empty((n, d))
    for j in range(k):
        i = np.flatnonzero(z == j)
        x[i] = means[j] + rng.standard_normal((len(i), d)) @ np.linalg.cholesky(covs[j]).T
    rng = np.random.Generator(np.random.PCG64(seed + 7))
    w0 = 0.5 * w + 0.5 / k
    w0 /= w0.sum()
    m0 = means + rng.standard_normal((k, d)) * (0.8 / np.sqrt(d))
    c0 = shrink(1.3 * (0.5 * covs + 0.5 * np.tensordot(w, covs, 1)), cov, w0)
    return x, w0, m0, c0


def labelled(x, means):
    """A start: the weights, means and covariances of the rows nearest to each mean, and which mean that is."""
    labels = ((means ** 2).sum(1) - 2 * x @ means.T).argmin(1)
    groups = [x[labels == j] for j in range(len(means))]
    return (np.array([len(g) / len(x) for g in groups]), np.array([g.mean(0) for g in groups]),
            np.array([np.cov(g.T, bias=True) for g in groups]), labels.astype(float))


def table(name):
    """The numbers of a CSV with a heading and perhaps a column of labels."""
    with open(os.path.join(REFERENCE, name + ".csv"), newline="") as file:
        heading, *rows = csv.reader(file)
    return np.array([[float(v) for v, column in zip(row, heading) if column != "label"] for row in rows])


def save(folder, x, k, cov, start=None):
    os.makedirs(folder, exist_ok=True)
    np.ascontiguousarray(x).tofile(folder + "/X.f64")
    for name, values in zip(("weights", "means", "covs", "labels"), start or ()):
        np.ascontiguousarray(values).tofile(f"{folder}/init_{name}.f64")
    with open(folder + "/meta.json", "w") as file:  # last: who finds it finds the rest
        json.dump(dict(n=x.shape[0], d=x.shape[1], k=k, cov=cov), file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=[*SPEC, *SMALL, *SEARCHED, *LABELLED])
    parser.add_argument("--work", default=WORK)
    args = parser.parse_args()
    for name in args.names:
        folder = f"{args.work}/data/{name}"
        if os.path.exists(folder + "/meta.json"):
            continue
        if name in SMALL:
            save(folder, table(name), SMALL[name], "full")
        elif name in SEARCHED:
            n, d, k, cov, seed = SEARCHED[name]
            save(folder, mixture(n, d, k, cov, seed, evenness=2.0)[0], k, cov)
        elif name in LABELLED:
            n, d, k, cov, seed = SPEC[LABELLED[name]]
            x, _, means, _ = mixture(n, d, k, cov, seed)
            save(folder, x, k, cov, labelled(x, means))
        else:
            n, d, k, cov, seed = SPEC[name]
            x, *start = mixture(n, d, k, cov, seed)
            save(folder, x, k, cov, start)
        print("wrote", folder, flush=True)


if __name__ == "__main__":
    main()

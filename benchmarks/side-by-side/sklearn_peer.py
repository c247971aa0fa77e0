#!/usr/bin/python3
"""scikit-learn as a peer; how a peer is called and what it prints: the head of compare.py.

  sklearn_peer.py sklearn|skloop fit|bayes|e2e|predict WORKDIR ...

sklearn is GaussianMixture.fit or BayesianGaussianMixture.fit; skloop calls its E and M step T times and nothing else: no validation, no closing E step.
"""
import json
import os
import sys
import time
import warnings
import numpy as np
from sklearn.mixture import BayesianGaussianMixture, GaussianMixture
from sklearn.mixture._gaussian_mixture import _compute_precision_cholesky

warnings.filterwarnings("ignore")
now = time.perf_counter


def peak_kb():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))


def load(folder):
    with open(folder + "/meta.json") as file:
        meta = json.load(file)
    return meta, np.fromfile(folder + "/X.f64").reshape(meta["n"], meta["d"])


def parameters(meta, prefix):
    k, d = meta["k"], meta["d"]
    shape = {"full": (k, d, d), "tied": (d, d), "diag": (k, d), "spherical": (k,)}[meta["cov"]]
    return (np.fromfile(prefix + "weights.f64"), np.fromfile(prefix + "means.f64").reshape(k, d),
            np.fromfile(prefix + "covs.f64").reshape(shape))


def started(meta, start, iterations):
    """A mixture whose fit() begins at the given parameters: warm start, so neither k-means nor a first M step."""
    g = GaussianMixture(meta["k"], covariance_type=meta["cov"], tol=0.0, reg_covar=0.0, max_iter=iterations, warm_start=True)
    g.weights_, g.means_, g.covariances_ = (p.copy() for p in start)
    g.precisions_cholesky_ = _compute_precision_cholesky(g.covariances_, meta["cov"])
    g.converged_, g.lower_bound_ = False, -np.inf
    return g


def fit(library, folder, iterations, out):
    meta, x = load(folder)
    start = parameters(meta, folder + "/init_")
    started(meta, start, 1).fit(x[:2000])  # warm-up
    return iterate(library, started(meta, start, iterations), x, iterations, out)


class FromLabels(BayesianGaussianMixture):
    """Begins with the posterior of given labels."""

    def _initialize_parameters(self, x, random_state):
        self._initialize(x, self.responsibilities)


def labelled(meta, labels, iterations):
    g = FromLabels(n_components=meta["k"], covariance_type=meta["cov"], tol=0.0, reg_covar=0.0, max_iter=iterations)
    g.responsibilities = np.eye(meta["k"])[labels]
    return g


def bayes(library, folder, iterations, out):
    meta, x = load(folder)
    labels = np.fromfile(folder + "/init_labels.f64").astype(int)
    labelled(meta, labels[:2000], 1).fit(x[:2000])  # warm-up
    g = labelled(meta, labels, iterations)
    if library == "skloop":
        g._check_parameters(x)
        g._initialize_parameters(x, None)
    return iterate(library, g, x, iterations, out)


def iterate(library, g, x, iterations, out):
    before = peak_kb()
    t = now()
    if library == "sklearn":
        g.fit(x)
    else:
        for _ in range(iterations):
            _, log_responsibilities = g._e_step(x)
            g._m_step(x, log_responsibilities)
    t = now() - t
    after = peak_kb()
    if out != "-":
        found = {"means": g.means_, "covs": g.covariances_}
        if isinstance(g, FromLabels):
            g._set_parameters(g._get_parameters())  # the weights
            found["concentrations"] = np.column_stack(g.weight_concentration_)
        for name, values in {"weights": g.weights_, **found}.items():
            np.ascontiguousarray(values).tofile(f"{out}/{name}.f64")
    return dict(sec=t, iters=iterations, rss_before_kb=before, rss_peak_kb=after)


def end_to_end(folder, repetitions):
    meta, x = load(folder)
    seconds = []
    for seed in range(repetitions + 5):
        g = GaussianMixture(meta["k"], random_state=seed)
        t = now()
        g.fit(x)
        seconds.append(now() - t)
    return dict(secs=seconds[5:], mean_ll=g.score(x))


def predict(folder, params):
    meta, x = load(folder)
    g = started(meta, parameters(meta, params + "/"), 1)
    g.converged_ = True
    result = {}
    for name, call, rows in (("predict_proba", lambda: g.predict_proba(x), len(x)), ("score_samples", lambda: g.score_samples(x), len(x)),
                             ("predict", lambda: g.predict(x), len(x)), ("sample", lambda: g.sample(1_000_000), 1_000_000)):
        call()
        t = now()
        value = call()
        result[name + "_per_s"] = rows / (now() - t)
        if name == "score_samples":
            result["mean_ll"] = float(value.mean())
    return result


def main():
    library, mode, folder, iterations, out = sys.argv[1:6]
    if mode == "fit":
        result = fit(library, folder, int(iterations), out)
    elif mode == "bayes":
        result = bayes(library, folder, int(iterations), out)
    elif mode == "e2e":
        result = end_to_end(folder, int(sys.argv[6]))
    else:
        result = predict(folder, sys.argv[6])
    print(json.dumps(result))


if __name__ == "__main__":
    main()

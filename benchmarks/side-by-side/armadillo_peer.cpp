// Armadillo's gmm_full and gmm_diag as a peer; how a peer is called and what it prints: the head of compare.py.
//   armadillo_peer fit|e2e|predict WORKDIR ...
//   armadillo_peer dgemm              GFLOP/s of OpenBLAS on 512 x 512 matrices
#include <armadillo>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

struct Work {
  std::string folder, cov;
  long n, d, k;
  std::vector<double> X;
};

struct Parameters {
  std::vector<double> weights, means, covs;
};

static std::vector<double> readAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<double> values(static_cast<size_t>(file.tellg()) / sizeof(double));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(double)));
  return values;
}

static void writeAll(const std::string& path, const double* values, size_t count) {
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(count * sizeof(double)));
}

static Work load(const std::string& folder) {
  std::stringstream text;
  text << std::ifstream(folder + "/meta.json").rdbuf();
  const std::string meta = text.str();
  auto after = [&](const std::string& key) { return meta.substr(meta.find("\"" + key + "\": ") + key.size() + 4); };
  const std::string cov = after("cov").substr(1);
  return {folder, cov.substr(0, cov.find('"')), std::stol(after("n")), std::stol(after("d")), std::stol(after("k")), readAll(folder + "/X.f64")};
}

static Parameters parameters(const std::string& prefix) {
  return {readAll(prefix + "weights.f64"), readAll(prefix + "means.f64"), readAll(prefix + "covs.f64")};
}

static long peakKb() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
  return 0;
}

static double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

static void set(arma::gmm_full& g, const Work& work, Parameters p) {
  g.set_params(arma::mat(p.means.data(), work.d, work.k), arma::cube(p.covs.data(), work.d, work.d, work.k), arma::rowvec(p.weights.data(), work.k));
}

static void set(arma::gmm_diag& g, const Work& work, Parameters p) {
  g.set_params(arma::mat(p.means.data(), work.d, work.k), arma::mat(p.covs.data(), work.d, work.k), arma::rowvec(p.weights.data(), work.k));
}

static const double* covariances(const arma::gmm_full& g) { return g.fcovs.memptr(); }
static const double* covariances(const arma::gmm_diag& g) { return g.dcovs.memptr(); }

template <class Mixture> static void fit(Work& work, int iterations, const std::string& out) {
  const double floor = 1e-300;
  const Parameters start = parameters(work.folder + "/init_");
  const arma::mat X(work.X.data(), work.d, work.n, false, true);
  Mixture warm;
  set(warm, work, start);
  warm.learn(X, work.k, arma::maha_dist, arma::keep_existing, 0, 1, floor, false);
  Mixture g;
  set(g, work, start);
  const long before = peakKb();
  double t = now();
  g.learn(X, work.k, arma::maha_dist, arma::keep_existing, 0, iterations, floor, false);
  t = now() - t;
  const long after = peakKb();
  if (out != "-") {
    writeAll(out + "/weights.f64", g.hefts.memptr(), g.hefts.n_elem);
    writeAll(out + "/means.f64", g.means.memptr(), g.means.n_elem);
    writeAll(out + "/covs.f64", covariances(g), start.covs.size());
  }
  printf("{\"sec\": %.9g, \"iters\": %d, \"rss_before_kb\": %ld, \"rss_peak_kb\": %ld}\n", t, iterations, before, after);
}

// 10 k-means iterations, as the manual's example; up to 100 of EM, where the example has 5, to come near convergence.
static void endToEnd(Work& work, int repetitions) {
  const arma::mat X(work.X.data(), work.d, work.n, false, true);
  std::string seconds;
  double meanLogLikelihood = 0;
  for (int r = 0; r < repetitions + 20; r++) {
    arma::gmm_full g;
    double t = now();
    g.learn(X, work.k, arma::maha_dist, arma::random_subset, 10, 100, 1e-6, false);
    t = now() - t;
    if (r >= 20) seconds += (seconds.empty() ? "" : ", ") + std::to_string(t);
    meanLogLikelihood = g.avg_log_p(X);
  }
  printf("{\"secs\": [%s], \"mean_ll\": %.12g}\n", seconds.c_str(), meanLogLikelihood);
}

static void predict(Work& work, const std::string& folder) {
  const arma::mat X(work.X.data(), work.d, work.n, false, true);
  arma::gmm_full g;
  set(g, work, parameters(folder + "/"));
  double sink = g.log_p(X)(0) + g.generate(1000)(0, 0);
  double t = now();
  const arma::rowvec logs = g.log_p(X);
  const double score = now() - t;
  t = now();
  sink += g.assign(X, arma::prob_dist)(0);
  const double assign = now() - t;
  t = now();
  sink += g.generate(1000000)(0, 0);
  const double generate = now() - t;
  printf("{\"score_samples_per_s\": %.9g, \"predict_per_s\": %.9g, \"sample_per_s\": %.9g, \"mean_ll\": %.12g, \"sink\": %g}\n",
         work.n / score, work.n / assign, 1e6 / generate, arma::mean(logs), sink);
}

static void dgemm() {
  const arma::mat a(512, 512, arma::fill::randu), b(512, 512, arma::fill::randu);
  arma::mat c = a * b;
  double best = 1e9;
  for (int r = 0; r < 40; r++) {
    const double t = now();
    for (int i = 0; i < 4; i++) c = a * b;
    best = std::min(best, (now() - t) / 4);
  }
  printf("{\"gflops\": %.4g, \"sink\": %g}\n", 2.0 * 512 * 512 * 512 / best * 1e-9, c(0, 0));
}

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "dgemm") {
    dgemm();
    return 0;
  }
  if (argc < 5) return 2;
  Work work = load(argv[2]);
  if (mode == "fit" && work.cov == "full") fit<arma::gmm_full>(work, std::stoi(argv[3]), argv[4]);
  else if (mode == "fit" && work.cov == "diag") fit<arma::gmm_diag>(work, std::stoi(argv[3]), argv[4]);
  else if (mode == "fit") return 3;
  else if (mode == "e2e" && argc > 5) endToEnd(work, std::stoi(argv[5]));
  else if (mode == "predict" && argc > 5) predict(work, argv[5]);
  else return 2;
}

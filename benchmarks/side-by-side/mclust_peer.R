# mclust as a peer; how a peer is called and what it prints: the head of compare.py.
#   Rscript mclust_peer.R fit|e2e|search|predict WORKDIR ...
suppressPackageStartupMessages(library(mclust))
options(warn = -1)
args <- commandArgs(TRUE)
mode <- args[1]; folder <- args[2]; iterations <- as.integer(args[3]); out <- args[4]
meta <- readLines(file.path(folder, "meta.json"), warn = FALSE)
number <- function(key) as.numeric(sub(paste0('.*"', key, '": ([0-9]+).*'), "\\1", meta))
n <- number("n"); d <- number("d"); k <- number("k")
cov <- sub('.*"cov": "([a-z]+)".*', "\\1", meta)
model <- c(full = "VVV", tied = "EEE", diag = "VVI", spherical = "VII")[[cov]]
raw <- function(path) readBin(path, "double", file.size(path) / 8)
X <- matrix(raw(file.path(folder, "X.f64")), n, d, byrow = TRUE)
now <- function() as.numeric(Sys.time())
peak_kb <- function() as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
print_json <- function(...) {
  text <- function(v) if (is.list(v)) paste0("[", paste(format(unlist(v), digits = 10), collapse = ","), "]") else format(v, digits = 12)
  values <- list(...)
  cat("{", paste(sprintf('"%s": %s', names(values), sapply(values, text)), collapse = ", "), "}\n", sep = "")
}
parameters <- function(prefix) {
  C <- raw(paste0(prefix, "covs.f64"))
  v <- list(modelName = model, d = d, G = k)
  if (cov == "full") { v$sigma <- array(C, c(d, d, k)); v$cholsigma <- array(apply(v$sigma, 3, chol), c(d, d, k)) }
  if (cov == "tied") { v$Sigma <- matrix(C, d, d); v$sigma <- array(C, c(d, d, k)); v$cholSigma <- chol(v$Sigma) }
  if (cov == "diag") { D <- matrix(C, d, k); v$scale <- apply(D, 2, function(x) exp(mean(log(x)))); v$shape <- sweep(D, 2, v$scale, "/") }
  if (cov == "spherical") { v$sigmasq <- C; v$scale <- C }
  list(pro = raw(paste0(prefix, "weights.f64")), mean = matrix(raw(paste0(prefix, "means.f64")), d, k), variance = v)
}
if (mode == "fit") {
  start <- parameters(file.path(folder, "init_"))
  control <- emControl(eps = 0, tol = c(0, 0), itmax = c(iterations, iterations))
  before <- peak_kb()
  t <- now(); r <- em(data = X, modelName = model, parameters = start, control = control); t <- now() - t
  after <- peak_kb()
  v <- r$parameters$variance
  C <- switch(cov, full = v$sigma, tied = v$Sigma, diag = sweep(matrix(v$shape, d, k), 2, v$scale, "*"), spherical = v$sigmasq)
  if (out != "-") {
    writeBin(as.double(r$parameters$pro), file.path(out, "weights.f64"))
    writeBin(as.double(r$parameters$mean), file.path(out, "means.f64"))
    writeBin(as.double(C), file.path(out, "covs.f64"))
  }
  print_json(sec = t, iters = iterations, rss_before_kb = before, rss_peak_kb = after)
} else if (mode == "e2e") {
  seconds <- c()
  for (repetition in 1:(as.integer(args[5]) + 3)) {
    t <- now(); m <- Mclust(X, G = k, modelNames = model, verbose = FALSE); t <- now() - t
    if (repetition > 3) seconds <- c(seconds, t)
  }
  print_json(secs = as.list(seconds), mean_ll = m$loglik / n)
} else if (mode == "search") {
  seconds <- c(); cpus <- c()
  for (repetition in 0:as.integer(args[5])) {
    set.seed(repetition) # of more than 2000 rows it draws those whose tree it cuts
    cpu <- sum(proc.time()[1:2])
    t <- now(); m <- Mclust(X, G = 1:9, verbose = FALSE); t <- now() - t
    cpu <- sum(proc.time()[1:2]) - cpu
    if (repetition == 0) { first <- t; first_cpu <- cpu } else { seconds <- c(seconds, t); cpus <- c(cpus, cpu) }
  }
  print_json(first = first, first_cpu = first_cpu, second = seconds[1], secs = as.list(seconds), cpus = as.list(cpus),
             family = dQuote(m$modelName, FALSE), components = m$G, bic = -m$bic)
} else {
  p <- parameters(paste0(args[5], "/"))
  seconds <- function(f) { f(); t <- now(); f(); now() - t }
  score <- function() dens(data = X, modelName = model, parameters = p, logarithm = TRUE)
  print_json(predict_proba_per_s = n / seconds(function() estep(data = X, modelName = model, parameters = p)$z),
             score_samples_per_s = n / seconds(score),
             sample_per_s = 1e6 / seconds(function() sim(model, p, 1000000)), mean_ll = mean(score()))
}

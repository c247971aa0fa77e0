# mclust references: EM from fixed classifications, for every covariance model. Run beside the csv files.
suppressPackageStartupMessages({library(mclust); library(jsonlite)})
options(warn = -1)
rd <- function(n) { d <- read.csv(paste0(n, ".csv")); d$label <- NULL; as.matrix(d) }
par <- function(p) list(pro = as.numeric(p$pro), mean = t(matrix(p$mean, ncol = length(p$pro))), sigma = aperm(p$variance$sigma, c(3, 1, 2)))
# M step first, then E; T iterations of (M, E), no convergence test
run <- function(models, inner, file, about) {
  fx <- list(`_about` = about)
  for (n in c("faithful", "iris")) {
    X <- rd(n); G <- if (n == "iris") 3 else 2; s <- as.integer(cut(rank(X[, 1], ties.method = "first"), G, labels = FALSE)); o <- list(G = G, start = s, models = list())
    for (m in models) { o$models[[m]] <- list(); for (T in c(1, 5, 50)) {
      r <- me(data = X, modelName = m, z = unmap(s), control = emControl(eps = 0, tol = c(0, inner), itmax = c(T, 100000)))
      p <- r$parameters; if (any(is.na(r$loglik))) { o$models[[m]][[paste0("T", T)]] <- list(loglik = NA); next }
      o$models[[m]][[paste0("T", T)]] <- c(list(loglik = r$loglik, df = nMclustParams(m, ncol(X), G)), par(p)) } }
    fx[[n]] <- o
  }
  write_json(fx, file, digits = 15, auto_unbox = TRUE, na = "null")
}
run(mclust.options("emModelNames"), sqrt(.Machine$double.eps), "mclust_fixed_start.json", "mclust me(): starts with an M step from z = unmap(start), then E; 'T' such iterations with tol=0; loglik is that of the E step after the T-th M step (the log-likelihood of the parameters given). Models with an iterative M step (VEI, VEV, EVE, VVE, VEE, ...) use inner tol sqrt(eps) default.")
run(c("VEI", "VEE", "VEV", "EVE", "VVE"), 1e-15, "mclust_fixed_start_converged.json", "As mclust_fixed_start.json, for the models with an iterative M step, with inner tol 1e-15: their M steps are run to the end.")

# What mclust's likelihood-ratio statistic for two against three components of Old Faithful depends on: the order of the rows, and the
# coordinates in which its tree is made.
suppressPackageStartupMessages(library(mclust))
x <- as.matrix(read.csv("faithful.csv"))
print(mclustBootstrapLRT(x, modelName = "VVV", nboot = 99, maxG = 2, verbose = FALSE))
for (s in 0:9) {
  set.seed(s); y <- if (s == 0) x else x[sample(nrow(x)), ]
  ll <- sapply(2:3, function(G) Mclust(y, G = G, modelNames = "VVV", verbose = FALSE)$loglik)
  cat(s, 2 * diff(ll), "\n")
}
for (use in c("VARS", "STD", "SPH", "PCS", "PCR", "SVD")) for (tree in c("VVV", "EEE", "EII", "VII")) {
  pairs <- list(hcPairs = hc(x, modelName = tree, use = use))
  ll <- sapply(2:3, function(G) Mclust(x, G = G, modelNames = "VVV", initialization = pairs, control = emControl(tol = 1e-9), verbose = FALSE)$loglik)
  cat(use, tree, format(2 * diff(ll), digits = 8), "\n")
}

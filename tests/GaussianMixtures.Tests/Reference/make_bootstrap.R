# What mclust's likelihood-ratio statistic for two against three components of Old Faithful depends on: the order of the rows.
suppressPackageStartupMessages(library(mclust))
x <- as.matrix(read.csv("faithful.csv"))
print(mclustBootstrapLRT(x, modelName = "VVV", nboot = 99, maxG = 2, verbose = FALSE))
for (s in 0:9) {
  set.seed(s); y <- if (s == 0) x else x[sample(nrow(x)), ]
  ll <- sapply(2:3, function(G) Mclust(y, G = G, modelNames = "VVV", verbose = FALSE)$loglik)
  cat(s, 2 * diff(ll), "\n")
}

# Model-based agglomeration by mclust: hc() as Mclust() calls it (VVV, use = "SVD"), cut into 1 to 6 clusters of the real data, and
# into every number of clusters of 60 rows without ties, whose order of joining is then known.
suppressPackageStartupMessages(library(mclust))
rd <- function(n) { d <- read.csv(file.path("data", paste0(n, ".csv"))); d$label <- NULL; as.matrix(d) }
cut <- function(tree, k, n) if (k == n) 1:n else as.integer(hclass(tree, k))
list_of <- function(values, left = "[", right = "]") paste0(left, paste(values, collapse = ", "), right)
labels <- function(x, ks) {
  tree <- hc(x, modelName = "VVV", use = "SVD")
  list_of(sapply(ks, function(k) list_of(cut(tree, k, nrow(x)))))
}
table <- function(x) list_of(apply(x, 1, function(row) list_of(sprintf("%.17g", row))))
about <- paste0("mclust ", packageVersion("mclust"), ", ", R.version.string, ": hclass(hc(x, modelName = 'VVV', use = 'SVD'), k) for k = 1, 2, ...")
entries <- c(`_about` = paste0('"', about, '"'))
for (n in c("faithful", "iris", "thyroid")) entries[n] <- labels(rd(n), 1:6)
# Waiting times in whole minutes tie: the same rows in other orders, cut into 2 to 6 clusters, and the labels put back in order.
set.seed(1)
x <- rd("faithful")
entries["faithful reordered"] <- list_of(replicate(8, {
  order <- sample(nrow(x))
  tree <- hc(x[order, ], modelName = "VVV", use = "SVD")
  list_of(sapply(2:6, function(k) list_of(cut(tree, k, nrow(x))[order(order)])))
}))
set.seed(4)
for (d in 1:4) {
  centres <- rep(c(0, 4, 9), each = 20) %o% seq(1, 0.4, length.out = d)
  x <- round(centres + matrix(rnorm(60 * d), 60) * rep(c(1, 3, 0.5), each = 20), 12)
  entries[paste0("columns", d)] <- list_of(c(paste0('"x": ', table(x)), paste0('"labels": ', labels(x, 1:60))), "{", "}")
}
cat(list_of(paste0('"', names(entries), '": ', entries), "{\n", "\n}\n"), file = "mclust_hc.json")

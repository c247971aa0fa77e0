# BIC and ICL as mclust computes them, with the parameters they belong to. mclust's sign: larger is better.
suppressPackageStartupMessages(library(mclust))
rd <- function(n) { d <- read.csv(paste0(n, ".csv")); d$label <- NULL; as.matrix(d) }
num <- function(v) sprintf("%.17g", v)
vec <- function(v) paste0("[", paste(num(v), collapse = ","), "]")
mat <- function(m) paste0("[", paste(apply(m, 1, vec), collapse = ","), "]")
single <- c(VII = "XII", EEE = "XXX", VVI = "XXI", VVV = "XXX") # what mclust calls them with one component
fits <- c()
for (n in c("faithful", "iris", "thyroid")) for (model in names(single)) for (G in 1:4) {
  x <- rd(n)
  m <- Mclust(x, G = G, modelNames = if (G == 1) single[[model]] else model,
              control = emControl(tol = c(1e-12, 1e-12), itmax = c(20000, 20000)), verbose = FALSE)
  if (is.null(m)) next
  p <- m$parameters
  sigma <- sapply(1:G, function(g) mat(array(p$variance$sigma, c(ncol(x), ncol(x), G))[, , g]))
  fits <- c(fits, sprintf('{"data":"%s","model":"%s","df":%d,"loglik":%s,"bic":%s,"icl":%s,"pro":%s,"mean":%s,"sigma":[%s]}', n, model,
    as.integer(nMclustParams(model, ncol(x), G)), num(m$loglik), num(m$bic), num(as.numeric(icl(m))), vec(if (G == 1) 1 else p$pro), mat(t(matrix(p$mean, ncol = G))), paste(sigma, collapse = ",")))
}
writeLines(paste0('{"_about":"mclust ', packageVersion("mclust"), ", ", R.version.string, '","fits":[\n', paste(fits, collapse = ",\n"), "\n]}"), "mclust_criteria.json")
cat(length(fits), "fits\n")

# The whole search of mclust, 14 models x G = 1 to 6. Run beside the csv files.
suppressPackageStartupMessages({library(mclust); library(jsonlite)})
options(warn = -1)
sets <- list(faithful = 2, iris = 4, thyroid = 5)
models <- mclust.options("emModelNames")
rd <- function(n) { d <- read.csv(paste0(n, ".csv")); d$label <- NULL; as.matrix(d) }
par <- function(p) list(pro = as.numeric(p$pro), mean = t(matrix(p$mean, ncol = length(p$pro))), sigma = aperm(p$variance$sigma, c(3, 1, 2)))
mat <- function(m) { m <- unclass(m); r <- lapply(colnames(m), function(c) as.list(setNames(ifelse(is.na(m[, c]), NA, m[, c]), rownames(m)))); setNames(r, colnames(m)) }
res <- list(`_about` = paste("mclust", packageVersion("mclust"), R.version.string, "; BIC here is mclust's sign: 2*loglik - df*log(n), larger is better. 'default' is Mclust's default control (tol 1e-5), 'tight' emControl(tol=c(1e-12,1e-12)); both start from its model-based hierarchical clustering (hcVVV, SVD-transformed)."))
for (n in names(sets)) {
  X <- rd(n); N <- nrow(X); d <- ncol(X); o <- list(n = N, d = d)
  for (mode in c("default", "tight")) {
    ctl <- if (mode == "default") emControl() else emControl(tol = c(1e-12, 1e-12), itmax = c(20000, 20000))
    set.seed(1); b <- mclustBIC(X, G = 1:6, modelNames = models, control = ctl, verbose = FALSE)
    df <- sapply(models, function(m) sapply(1:6, function(g) nMclustParams(m, d, g))); dimnames(df) <- list(1:6, models)
    bm <- unclass(b); attributes(bm) <- list(dim = dim(b), dimnames = dimnames(b)); bm <- matrix(bm, 6, length(models), dimnames = list(1:6, models))
    set.seed(1); m <- Mclust(X, x = b, verbose = FALSE)
    icl <- mclustICL(X, G = 1:6, modelNames = models, x = b, verbose = FALSE); im <- matrix(as.numeric(icl), 6, length(models), dimnames = list(1:6, models))
    o[[mode]] <- list(bic = mat(bm), loglik = mat((bm + df * log(N)) / 2), df = mat(df), icl = mat(im),
      best = list(model = m$modelName, G = m$G, bic = m$bic, loglik = m$loglik, df = m$df, icl = as.numeric(icl(m)), classification = m$classification))
    if (n %in% c("faithful", "iris", "banknote")) o[[mode]]$best$parameters <- par(m$parameters)
  }
  res[[n]] <- o; cat(n, o$default$best$model, o$default$best$G, o$tight$best$model, o$tight$best$G, "\n")
}
write_json(res, "mclust_selection.json", digits = 15, auto_unbox = TRUE, na = "null")

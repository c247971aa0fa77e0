# MAP references: me() with the prior of Fraley & Raftery, from a hard classification, run to convergence.
# usage: Rscript make_mclust_map.R   (data/*.csv beside it; writes mclust_map.json)
suppressMessages(library(mclust))
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
rows <- function(m) paste0("[", paste(apply(m, 1, num), collapse = ","), "]")
run <- function(name, k) {
  x <- read.csv(file.path("data", paste0(name, ".csv")))
  x <- as.matrix(x[, names(x) != "label"])
  labels <- integer(nrow(x)); labels[order(x[, 1])] <- ((seq_len(nrow(x)) - 1) * k) %/% nrow(x) + 1
  models <- sapply(c("VII", "VVI", "EEE", "VVV"), function(m) {
    r <- me(x, modelName = m, z = unmap(labels), prior = priorControl(), control = emControl(tol = c(1e-15, 1e-15), itmax = c(1e6, 1e6)))
    p <- r$parameters; s <- p$variance$sigma
    sprintf('"%s":{"loglik":%.17g,"bic":%.17g,"weights":%s,"means":%s,"covariances":[%s]}', m, r$loglik,
      -bic(m, r$loglik, nrow(x), ncol(x), k), num(p$pro), rows(t(p$mean)),
      paste(sapply(seq_len(k), function(j) rows(s[, , j])), collapse = ","))
  })
  sprintf('"%s":{"k":%d,"labels":%s,"models":{%s}}', name, k, num(labels - 1), paste(models, collapse = ","))
}
about <- sprintf("mclust %s, %s; me(prior = priorControl()) to convergence from the given labels; bic: lower is better",
  packageVersion("mclust"), R.version.string)
cat(sprintf('{"_about":"%s",%s}', about, paste(run("faithful", 2), run("iris", 3), run("thyroid", 3), sep = ",")), file = "mclust_map.json")

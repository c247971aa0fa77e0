# MAP references: me() with the prior of Fraley & Raftery, from a hard classification, run to convergence; and Mclust() from its own start.
# usage: Rscript make_mclust_map.R   (data/*.csv beside it; writes mclust_map.json)
suppressMessages(library(mclust))
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
rows <- function(m) paste0("[", paste(apply(m, 1, num), collapse = ","), "]")
control <- emControl(tol = c(1e-15, 1e-15), itmax = c(1e6, 1e6))
modes <- c("VII", "VVI", "EEE", "VVV", "VEI", "EVI", "EEV", "VEV")
fields <- function(m, r, x, k) {
  p <- r$parameters; s <- p$variance$sigma
  sprintf('"%s":{"loglik":%.17g,"bic":%.17g,"weights":%s,"means":%s,"covariances":[%s]}', m, r$loglik,
    -bic(m, r$loglik, nrow(x), ncol(x), k), num(p$pro), rows(t(p$mean)),
    paste(sapply(seq_len(k), function(j) rows(s[, , j])), collapse = ","))
}
run <- function(name, k) {
  x <- read.csv(file.path("data", paste0(name, ".csv")))
  x <- as.matrix(x[, names(x) != "label"])
  labels <- integer(nrow(x)); labels[order(x[, 1])] <- ((seq_len(nrow(x)) - 1) * k) %/% nrow(x) + 1
  fit <- function(m, ...) fields(m, me(x, modelName = m, z = unmap(labels), prior = priorControl(...), control = control), x, k)
  start <- function(m) fields(m, Mclust(x, G = k, modelNames = m, prior = priorControl(), control = control, verbose = FALSE), x, k)
  all <- function(models, make) paste(sapply(models, make), collapse = ",")
  # What is no mode: EII leaves the scale out, EEI does not shrink the means and divides by one less.
  departures <- paste(fit("EII"), fit("EEI", shrinkage = 0), sep = ",")
  sprintf('"%s":{"k":%d,"labels":%s,"models":{%s},"departures":{%s},"ownStart":{%s}}', name, k, num(labels - 1),
    all(modes, fit), departures, if (name == "faithful") all(modes, start) else "")
}
about <- sprintf(paste("mclust %s, %s; models: me(prior = priorControl()) to convergence from the given labels; departures: the same of models",
  "whose EM does not reach the mode, EII, and EEI with priorControl(shrinkage = 0); ownStart: Mclust(prior = priorControl()) from its",
  "own start; bic: lower is better"), packageVersion("mclust"), R.version.string)
cat(sprintf('{"_about":"%s",%s}', about, paste(run("faithful", 2), run("iris", 3), run("thyroid", 3), sep = ",")), file = "mclust_map.json")

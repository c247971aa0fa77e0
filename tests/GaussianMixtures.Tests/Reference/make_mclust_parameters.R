# mclust's parameter counts: all 14 models, d and k from 1 to 8.
suppressPackageStartupMessages(library(mclust))
models <- mclust.options("emModelNames")
out <- "{\n"
out <- paste0(out, sprintf('  "_about": "mclust %s, %s: nMclustParams(model, d, k), rows d = 1..8, columns k = 1..8"', packageVersion("mclust"), R.version.string))
for (m in models) {
  rows <- sapply(1:8, function(d) paste0("[", paste(sapply(1:8, function(k) nMclustParams(m, d, k)), collapse=", "), "]"))
  out <- paste0(out, ",\n  \"", m, "\": [", paste(rows, collapse=", "), "]")
}
cat(out, "\n}\n", sep="", file="mclust_parameters.json")

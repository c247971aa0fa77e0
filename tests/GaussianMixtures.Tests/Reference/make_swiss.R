# Swiss provinces, a data set whose M-step with common axes has several local maxima; and mclust's EM from the labels its own search ends with.
suppressPackageStartupMessages(library(mclust))
write.table(format(as.matrix(swiss), digits = 17, trim = TRUE), "swiss.csv", sep = ",", row.names = FALSE, quote = FALSE)
labels <- Mclust(swiss, G = 2, modelNames = "EVE", verbose = FALSE)$classification
r <- me(as.matrix(swiss), "EVE", unmap(labels), control = emControl(eps = 0, tol = c(1e-10, 1e-10), itmax = c(1000, 10000)))
cat("rows of the second component, from 0:", which(labels == 2) - 1, "\n")
cat("log-likelihood:", format(r$loglik, digits = 12), "\n")

# The commands behind tests/golden/test_adjusted.py. R 4.2 (survival 3.5, sandwich 3.0):
#   Rscript tests/golden/adjusted.R FILE.csv     FILE.csv as written by `documents()` in that test.
suppressMessages({library(survival); library(sandwich)})
options(digits = 12)
d <- read.csv(commandArgs(TRUE)[1])
for (v in c("channel", "plan")) d[[v]] <- factor(d[[v]])
covered <- function(name, estimate, error) cat(name, estimate, error, "\n")

poisson_fit <- glm(churned ~ channel + plan + exposed, poisson, d, epsilon = 1e-14)
robust <- vcovCL(poisson_fit, cluster = d$customer, type = "HC1")
covered("risk ratio (log)", coef(poisson_fit)["exposed"], sqrt(robust["exposed", "exposed"]))

# g-computation, the influence of the covariates' own sampling included
logistic <- glm(churned ~ channel + plan + exposed, binomial, d, epsilon = 1e-14)
x1 <- x0 <- model.matrix(logistic)
x1[, "exposed"] <- 1
x0[, "exposed"] <- 0
m1 <- as.vector(plogis(x1 %*% coef(logistic)))
m0 <- as.vector(plogis(x0 %*% coef(logistic)))
n <- nrow(d)
k <- length(coef(logistic))
groups <- length(unique(d$customer))
difference <- mean(m1 - m0)
gradient <- colMeans(x1 * m1 * (1 - m1) - x0 * m0 * (1 - m0))
influence <- (m1 - m0 - difference) / n + as.vector(estfun(logistic) %*% vcov(logistic) %*% gradient)
variance <- sum(rowsum(influence, d$customer)^2) * groups / (groups - 1) * (n - 1) / (n - k)
covered("risk difference", difference, sqrt(variance))

cox <- coxph(Surv(days, left) ~ channel + plan + exposed, d, ties = "breslow", cluster = customer)
covered("hazard ratio (log)", coef(cox)["exposed"], sqrt(vcov(cox)["exposed", "exposed"]))
plain <- coxph(Surv(days, left) ~ channel + plan + exposed, d, ties = "breslow")
zph <- cox.zph(plain, transform = "identity", terms = FALSE)
cat("proportional p", zph$table["exposed", "p"], "\n")
cat("log-rank", survdiff(Surv(days, left) ~ exposed, d)$pvalue, "\n")

# The table of R's own documentation: help(aml), Miller (1997), Survival Analysis.
print(summary(survfit(Surv(time, status) ~ x, aml, conf.type = "log-log")))
cat("aml log-rank", survdiff(Surv(time, status) ~ x, aml)$pvalue, "\n")

# An adapter whose algorithms are odd, each in a way of its own. Run by a real worker in the tests.

versions <- function() list(odd = "1")

prepare <- function(dist) dist

prepare_points <- function(points, metric) points

call <- function(algorithm, problem, k, medoids, seed, parameters, start) {
  switch(algorithm,
    good = function() list(medoids = medoids),
    sees = function() list(medoids = 0L, reported_loss = sum(problem), numbers = I(as.numeric(problem))),
    sends = function() list(medoids = 0L, numbers = I(c(NA, Inf, -Inf, 0.1, 1e-300, 123456789)), one = 1 / 3, nothing = NULL),
    repeats = function() list(medoids = medoids, asked = list(seed = seed, parameters = parameters, start = start)),
    counts = function() {
      calls <<- calls + 1L
      Sys.sleep(0.01)
      list(medoids = I(0L), calls = calls)
    },
    prints = function() {
      cat("a library that prints\n")
      print("and prints")
      message("says")
      warning("warns")
      system("echo and one that writes to the descriptor")
      list(medoids = medoids)
    },
    raises = function() stop("no \"luck\":\n\u00fcber"),
    kills = function() tools::pskill(Sys.getpid(), tools::SIGKILL),
    quits = function() quit(status = 3L),
    hangs = function() Sys.sleep(60),
    hungry = function() list(medoids = 0L, length = length(numeric(2^23) + 1)),
    litters = function() {
      collected <- 0L
      reg.finalizer(new.env(), function(e) collected <<- collected + 1L)
      for (i in 1:1000) numeric(2^17)
      list(medoids = medoids, collected = collected)
    },
    writes = function() {
      problem[1L] <- 99
      list(medoids = medoids)
    },
    stop("no such algorithm")
  )
}

calls <- 0L

read <- function(result) c(result, list(labels = 0L))

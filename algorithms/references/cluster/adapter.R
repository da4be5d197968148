# Calls R's package cluster: pam in its seven variants, and clara. Read by the R of this machine.
#
# A call returns as little as it can with the medoids in it: cluster.only = TRUE would save the silhouettes, but returns
# only labels. `objective` is a mean, ids count from 1, and cluster reports neither swaps nor passes.

VARIANTS <- c(
  pam = "original", pam_o1 = "o_1", reynolds = "o_2",
  fastpam1 = "f_3", fastpam2_f4 = "f_4", fastpam2 = "f_5",
  fasterpam = "faster"
)

versions <- function() {
  list(
    R = paste(R.version$major, R.version$minor, sep = "."),
    cluster = as.character(packageVersion("cluster")),
    jsonlite = as.character(packageVersion("jsonlite"))
  )
}

prepare <- function(dist) dist

prepare_points <- function(points, metric) {
  if (!metric %in% c("euclidean", "manhattan")) {
    stop("clara knows the metrics \"euclidean\" and \"manhattan\", not \"", metric, "\"")
  }
  list(points = points, metric = metric)
}

call <- function(algorithm, problem, k, medoids, seed, parameters, start) {
  unknown <- setdiff(names(parameters), if (algorithm == "clara") c("samples", "sampsize"))
  if (length(unknown) > 0L) stop(algorithm, " has no parameter ", paste(unknown, collapse = ", "))
  if (algorithm == "clara") return(clara_call(problem, k, seed, parameters)) # "random" is its only start
  if (algorithm == "build") {
    return(function() {
      cluster::pam(problem, k, medoids = NULL, do.swap = FALSE, keep.diss = FALSE, keep.data = FALSE)
    })
  }
  if (algorithm == "no_swap") {
    given <- as.integer(medoids) + 1L
    return(function() {
      cluster::pam(problem, k, medoids = given, do.swap = FALSE, keep.diss = FALSE, keep.data = FALSE)
    })
  }
  if (!algorithm %in% names(VARIANTS)) stop("cluster has no algorithm ", algorithm)
  variant <- VARIANTS[[algorithm]]
  if (is.null(start) == is.null(medoids)) stop("either start medoids or the name of a start")
  if (!is.null(start) && start != "build") stop("pam has no start \"", start, "\"")
  given <- if (is.null(start)) as.integer(medoids) + 1L # NULL means BUILD, for "faster" too
  function() {
    cluster::pam(problem, k, medoids = given, variant = variant, keep.diss = FALSE, keep.data = FALSE)
  }
}

# As in the book by Kaufman and Rousseeuw: pamLike corrects an old error in the swaps, rngR draws with R's generator
# instead of a poor one.
clara_call <- function(problem, k, seed, parameters) {
  points <- problem$points
  metric <- problem$metric
  samples <- if (is.null(parameters$samples)) 5L else parameters$samples
  sampsize <- if (is.null(parameters$sampsize)) 40L + 2L * k else parameters$sampsize
  sampsize <- min(sampsize, nrow(points))
  seed <- if (is.null(seed)) 0L else seed
  function() {
    set.seed(seed) # within the call, so that every call draws the same samples
    cluster::clara(
      points, k,
      metric = metric, samples = samples, sampsize = sampsize, pamLike = TRUE, rngR = TRUE,
      medoids.x = FALSE, keep.data = FALSE
    )
  }
}

read <- function(result) {
  medoids <- if (is.null(result$i.med)) result$id.med else result$i.med
  list(
    medoids = medoids - 1L,
    labels = as.integer(result$clustering) - 1L,
    reported_loss = result$objective[[length(result$objective)]] * length(result$clustering)
  )
}

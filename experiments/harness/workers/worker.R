# The measuring end of the pipe for libraries of R: what worker.py, which lists the requests, is for those of Python.
#
# Runs as `Rscript --vanilla --min-vsize=2G worker.R <adapter.R> <pid of the driver>` with the pipe at file descriptor 3
# and what is printed going to stderr (`runtimes.command`): R cannot turn its own stdout away from the prints of C code.
#
# An adapter is a file of R functions, those of `algorithms/references/__init__.py`. A matrix reaches `prepare` as R's
# "dist" (order "dist"), points as a double matrix.

TINY <- 8L # objects of the problem that a first call loads and compiles everything on
LARGE <- 1e6 # numbers from which on a full collection before a run is worth its 50 ms; a quick one takes 1 ms
BLOCK <- 2^22 # numbers read at once: the matrix in the file's type is never in memory as a whole

options(warn = 1L) # warnings go to stderr when they happen
Sys.setenv(LANGUAGE = "en") # errors end up in rows

# What one request leaves for the next: the adapter's functions, the data as read from the file and a copy to compare
# them with, the problems as the adapter wants them.
held <- new.env()

main <- function(adapter, driver) {
  leave_if_orphaned(driver)
  held$adapter <- new.env()
  sys.source(adapter, envir = held$adapter)
  requests <- file("stdin", "r")
  answers <- file("/dev/fd/3", "w", raw = TRUE)
  while (length(line <- readLines(requests, n = 1L, warn = FALSE)) > 0L) {
    request <- jsonlite::fromJSON(line)
    answer <- tryCatch(answer_to(request), error = function(e) list(error = conditionMessage(e)))
    answer$token <- request$token
    writeLines(enc2utf8(as_json(answer)), answers, useBytes = TRUE)
    flush(answers)
  }
}

# The kernel ends this process with its driver (setpriv), unless that died before anybody asked for it.
leave_if_orphaned <- function(driver) {
  if (!file.exists("/proc/self/stat")) return(invisible())
  after_name <- sub(".*\\) ", "", readLines("/proc/self/stat", n = 1L))
  if (strsplit(after_name, " ")[[1L]][2L] != driver) quit(status = 1L)
}

# Arrays come as I(...), so that one of length 1 stays one.
as_json <- function(answer) {
  as.character(jsonlite::toJSON(exact(answer), auto_unbox = TRUE, null = "null", json_verbatim = TRUE))
}

# Write doubles with the 17 digits that tell any two apart (jsonlite stops at 15), and NaN as Python's json does.
exact <- function(value) {
  if (is.list(value)) return(lapply(value, exact))
  if (!is.double(value)) return(value)
  text <- sub("NA$", "NaN", sub("Inf$", "Infinity", sprintf("%.17g", value)))
  if (inherits(value, "AsIs") || length(value) != 1L) text <- paste0("[", paste(text, collapse = ","), "]")
  structure(text, class = "json")
}

answer_to <- function(request) {
  handler <- handlers[[request$op]]
  if (is.null(handler)) stop("no such request: ", request$op)
  request$op <- request$token <- NULL
  do.call(handler, request)
}

# The requests -------------------------------------------------------------------------------------------------------

hello <- function() {
  list(pid = Sys.getpid(), versions = held$adapter$versions())
}

load_matrix <- function(path, order) {
  if (order != "dist") stop("a library of R takes a matrix in order \"dist\", not \"", order, "\"")
  hold(
    function() read_dist(path),
    function(data) tiny_dist(),
    function(data) held$adapter$prepare(data)
  )
  list(n = attr(held$data, "Size"))
}

load_points <- function(path, metric) {
  hold(
    function() read_rows(path),
    function(data) data[seq_len(min(TINY, nrow(data))), , drop = FALSE],
    function(data) held$adapter$prepare_points(data, metric)
  )
  list(n = nrow(held$data))
}

hold <- function(read, cut, prepare) {
  before <- length(held$data)
  held$data <- held$original <- held$problem <- held$tiny <- NULL # two matrices at once may be too many
  gc(full = before >= LARGE)
  held$data <- read()
  held$problem <- prepare(held$data)
  held$tiny <- prepare(cut(held$data))
  gc(full = length(held$data) >= LARGE)
}

run <- function(algorithm, k, medoids = NULL, seed = NULL, parameters = list(), start = NULL,
                loops = 1L, tiny = FALSE, details = FALSE) {
  problem <- if (tiny) held$tiny else held$problem
  if (is.null(problem)) stop("there are no data yet")
  if (tiny) {
    k <- min(k, 2L)
    if (!is.null(medoids)) medoids <- seq_len(k) - 1L
  }
  # R copies when it writes, but C code may write in place: the copy must be another vector from the beginning.
  if (details && is.null(held$original)) held$original <- held$data + 0
  call <- held$adapter$call(algorithm, problem, k, medoids, seed, parameters, start)
  gc(full = length(held$data) >= LARGE)
  before <- reset_peak()
  result <- NULL
  processor <- proc.time()
  began <- Sys.time() # R has no monotonic clock; this one counts microseconds, the elapsed time of proc.time() not
  for (i in seq_len(loops)) result <- call()
  ended <- Sys.time()
  processor <- proc.time() - processor
  peak <- resident("VmHWM")
  found <- held$adapter$read(result)
  answer <- list(
    seconds = as.numeric(ended) / loops - as.numeric(began) / loops,
    processor_seconds = (processor[["user.self"]] + processor[["sys.self"]]) / loops,
    all_seconds = as.numeric(ended) - as.numeric(began),
    memory = if (!is.null(peak) && !is.null(before)) peak - before
  )
  answer <- c(answer, found[setdiff(names(found), c("medoids", "labels"))])
  answer$medoids <- I(as.integer(found$medoids))
  if (details) {
    answer <- c(answer, list(labels = if (!is.null(found$labels)) I(as.integer(found$labels))))
    answer$untouched <- identical(held$data, held$original)
  }
  answer
}

handlers <- list(hello = hello, matrix = load_matrix, points = load_points, run = run)

# Files of numpy -----------------------------------------------------------------------------------------------------

# Read a symmetric matrix as R's "dist", its lower triangle by columns; what is above the diagonal or on it is ignored,
# as as.dist() does. Neither the matrix nor as.dist()'s copies of it are ever in memory.
read_dist <- function(path) {
  npy <- open_npy(path)
  on.exit(close(npy$connection))
  n <- npy$shape[1L]
  if (length(npy$shape) != 2L || npy$shape[2L] != n) {
    stop("the matrix must be square, it has shape ", paste(npy$shape, collapse = " x "))
  }
  column <- as.numeric(seq_len(n)) # doubles: there may be more than 2^31 entries
  before <- n * (column - 1) - column * (column + 1) / 2 # entry (i, j) is at before[j] + i
  lower <- numeric(n * (n - 1) / 2)
  height <- max(1L, BLOCK %/% n)
  for (first in seq.int(1L, n, by = height)) {
    last <- min(n, first + height - 1L)
    block <- read_numbers(npy, n * (last - first + 1L))
    dim(block) <- c(n, last - first + 1L) # block[j, i - first + 1] is entry (i, j)
    # Of a file in Fortran order these would be columns: of a symmetric matrix the same.
    for (j in seq_len(last - 1L)) {
      i <- max(first, j + 1L)
      lower[(before[j] + i):(before[j] + last)] <- block[j, (i:last) - first + 1L]
    }
    block <- NULL
    gc(full = FALSE) # or the blocks pile up to as much as the matrix
  }
  attributes(lower) <- dist_attributes(n) # here, where nobody else holds it: no copy is made
  lower
}

# d(i, j) = |i - j|
tiny_dist <- function() {
  lower <- as.numeric(sequence(seq.int(TINY - 1L, 1L)))
  attributes(lower) <- dist_attributes(TINY)
  lower
}

dist_attributes <- function(n) {
  list(Size = as.integer(n), Diag = FALSE, Upper = FALSE, class = "dist")
}

# Read a two-dimensional array as a matrix of doubles.
read_rows <- function(path) {
  npy <- open_npy(path)
  on.exit(close(npy$connection))
  if (length(npy$shape) != 2L) stop("points must be the rows of a two-dimensional array")
  numbers <- read_numbers(npy, prod(npy$shape))
  matrix(numbers, npy$shape[1L], npy$shape[2L], byrow = !npy$fortran_order)
}

# Open a .npy file behind its header: numpy.lib.format has the definition.
open_npy <- function(path) {
  Encoding(path) <- "unknown" # the bytes of the name, whatever the locale
  if (!file.exists(path)) stop("there is no file ", path)
  connection <- file(path, "rb")
  done <- FALSE
  on.exit(if (!done) close(connection))
  magic <- readBin(connection, "raw", 8L)
  if (length(magic) < 8L || !identical(magic[1:6], as.raw(c(0x93, utf8ToInt("NUMPY"))))) {
    stop("not a .npy file: ", path)
  }
  bytes_of_length <- if (magic[7L] == as.raw(1L)) 2L else 4L # since version 2 of the format
  length <- readBin(connection, "raw", bytes_of_length)
  length <- sum(as.integer(length) * 256^(seq_along(length) - 1L))
  header <- rawToChar(readBin(connection, "raw", length))
  type <- field(header, "'descr': *'([<>=|][a-z][0-9]+)'")
  order <- field(header, "'fortran_order': *(True|False)")
  shape <- field(header, "'shape': *\\(([0-9, ]*)\\)")
  done <- TRUE
  list(
    connection = connection,
    type = substring(type, 2L),
    endian = if (substring(type, 1L, 1L) == ">") "big" else "little",
    fortran_order = order == "True",
    shape = as.integer(strsplit(shape, ", *")[[1L]])
  )
}

field <- function(header, pattern) {
  found <- regmatches(header, regexec(pattern, header))[[1L]]
  if (length(found) != 2L) stop("no ", pattern, " in the header of the .npy file: ", header)
  found[2L]
}

# Read numbers of any type as doubles, which hold all of them exactly except for int64 beyond 2^53.
read_numbers <- function(npy, count) {
  numbers <- switch(npy$type,
    f4 = readBin(npy$connection, "numeric", count, size = 4L, endian = npy$endian),
    f8 = readBin(npy$connection, "numeric", count, size = 8L, endian = npy$endian),
    i4 = int32(npy, count),
    i8 = int64(npy, count),
    stop("numbers of type ", npy$type, " are none of f4, f8, i4, i8")
  )
  if (length(numbers) != count) stop("the .npy file ends too early")
  numbers
}

int32 <- function(npy, count) {
  numbers <- as.numeric(readBin(npy$connection, "integer", count, size = 4L, endian = npy$endian))
  numbers[is.na(numbers)] <- -2^31 # the smallest integer is R's NA
  numbers
}

# R reads 8 bytes into an integer of 4.
int64 <- function(npy, count) {
  halves <- int32(npy, 2 * count)
  dim(halves) <- c(2L, length(halves) / 2)
  low <- halves[if (npy$endian == "little") 1L else 2L, ]
  high <- halves[if (npy$endian == "little") 2L else 1L, ]
  high * 2^32 + low + ifelse(low < 0, 2^32, 0)
}

# Memory -------------------------------------------------------------------------------------------------------------

# Set the peak of the resident memory back to what is resident now; return that, or NULL if it cannot be.
reset_peak <- function() {
  tryCatch(
    {
      cat("5", file = "/proc/self/clear_refs")
      resident("VmRSS")
    },
    error = function(e) NULL,
    warning = function(w) NULL
  )
}

# A field of /proc/self/status in bytes, or NULL.
resident <- function(field) {
  lines <- tryCatch(readLines("/proc/self/status"), error = function(e) "", warning = function(w) "")
  line <- grep(paste0("^", field, ":"), lines, value = TRUE)
  if (length(line) == 1L) as.numeric(gsub("[^0-9]", "", line)) * 1024
}

arguments <- commandArgs(trailingOnly = TRUE)
main(arguments[1L], arguments[2L])

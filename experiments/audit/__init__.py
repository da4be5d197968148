"""The audit: generic questions, asked by one code of every implementation, ours included.

`make audit` asks them all. Reading order:

- `subject`: who is asked - one algorithm of one implementation in one form of data - and what it promises
- `case`: one problem to be solved; `instances`: how hundreds of them are made, from fixed seeds
- `asking`: puts a case to a worker process; whatever happens comes back as an `Outcome`
- `definitions`: what PAM, BUILD, FasterPAM and Alternating are, in numpy; shares nothing with the kernels
- `checks`: what an outcome is judged by: medoids, loss, labels, local optimum; and how much rounding is allowed
- `question`: the record of a question; `questions` about valid problems, `spoiled` about bad input
- `shrink`: makes a failing case as small as it goes; `evidence`: keeps it in a file, and shows it again
- `audit`: asks all questions of an implementation; `page`: the matrix of answers, and every failure

The questions know nothing of particular libraries: what is asked of whom follows from what the records declare.
A new question is one function in `questions` or `spoiled` with its `@question` line.
"""

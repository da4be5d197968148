"""The audit: the same questions about correctness for every implementation, ours included.

`make audit` asks them all. Reading order:

- `subject`: one algorithm of one implementation with one form of data, and what it promises
- `case`: one problem; `instances`: hundreds of them from fixed seeds
- `ask_worker`: sends a case to a worker process; crashes and hangs come back as an `Outcome`
- `definitions`: PAM, BUILD, FasterPAM and Alternating by definition, in numpy, independent of the kernels
- `checks`: how an outcome is judged: medoids, loss, labels, local optimum, and the accepted rounding
- `questions`: the questions, about valid problems and about bad input, and who is asked which
- `shrink`: makes a failing case as small as possible; `evidence`: stores it and runs it again
- `audit`: asks one implementation all questions; `page`: the table of answers and every failure

The questions know nothing about particular libraries. Which subject is asked which question follows from the records.
A new question is one function in `questions` with a `@question` decorator.
"""

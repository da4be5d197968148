"""The audit: the same questions about correctness for every implementation, ours included.

`make audit` asks them all. Reading order: `subject` (who is asked), `case` and `instances` (about what), `ask_worker`,
`definitions` and `checks` (how answers are judged), `questions`, `evidence` (of failures), `audit`, `page`.

The questions know nothing about particular libraries. Which subject is asked which question follows from the records.
A new question is one function in `questions` with a `@question` decorator.
"""

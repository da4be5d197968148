"""Commands that the rules of the workflow call; by hand they do one step."""

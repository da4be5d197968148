"""The row: what one run leaves behind, how it is written and read, and how it is named."""

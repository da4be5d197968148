"""The paper kit: one figure or table for one selection of stored rows, at the size of a column; and a short article."""

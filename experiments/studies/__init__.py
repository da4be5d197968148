"""Studies: one question each, in one file that ends in its ``STUDY``. They declare; they do not measure."""

"""From rows to numbers that several studies need: paired times, ratios, intervals, losses."""

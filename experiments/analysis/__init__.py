"""Pure functions: rows -> ratios with intervals, agreement, outcomes. Nothing here measures or draws."""

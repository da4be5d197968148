"""From a profile to blocks of cells: reading the configuration, planning, and forecasting what a run takes."""

"""What the kernels of a search share: names for the places of its arrays."""

# The state of a search, int64: loss; why it stopped; swaps in the log; the best key and its candidate; slot and
# candidate of the last swap; objects that trade; for the eager search, the position behind the last swap; candidates
# tried and passes begun, and the limit on them.
STATE = LOSS, STOP, N_LOGGED, KEY, CANDIDATE, SLOT, CHOSEN, N_TRADES, POSITION, TRIED, PASSES, LIMIT = range(12)
ENDED, FULL = 1, 2  # no swap is left, or the log has no room
NEAR = FIRST, SECOND, D_FIRST, D_SECOND = range(4)  # slots of the two nearest medoids of every object, and distances
FOUND = SORT_KEY, CHANGE, BEST_SLOT = range(3)  # of every candidate
LOG = REMOVED, ADDED, LOSS_AFTER = range(3)

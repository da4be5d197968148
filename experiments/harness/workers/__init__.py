"""The processes that run a contender: their protocol, their adapters and their environments."""

"""A running service answers the command line of the same user: a Unix socket in the data folder."""

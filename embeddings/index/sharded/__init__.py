"""One index over several databases: documents divided by a hash of their ids, shards asked at the same time."""

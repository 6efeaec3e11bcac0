"""Pages and an HTTP interface: documents to read, a place to ask, a board for those who look after it."""

"""What is to be added, from files, archives and addresses, as bytes with a name."""

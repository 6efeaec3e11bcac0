"""What people see: one module a kind of page, each with the routes it answers."""

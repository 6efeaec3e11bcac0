"""The layouts the database has had, as Alembic migrations."""

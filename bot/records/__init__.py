"""What is kept in the database: people, updates, questions, answers and verdicts."""

"""The book: one SQLite file of one municipality and one term. SQL lives here and nowhere else."""

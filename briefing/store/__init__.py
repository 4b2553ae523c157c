"""What is kept between runs, in one SQLite file: documents by content, where each of them came from, and a cache."""

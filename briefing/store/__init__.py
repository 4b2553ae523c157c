"""What is kept between runs, in one SQLite file: documents by content, and where each of them came from."""

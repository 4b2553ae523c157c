"""What a brief is about: which kinds of article, which countries, whom it watches."""

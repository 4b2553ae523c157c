"""What was promised and said in earlier weeks and what became of it: worked out anew for each brief, kept only in a cache."""

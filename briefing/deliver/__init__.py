"""What becomes of a built brief: mail, a wiki, a review before either."""

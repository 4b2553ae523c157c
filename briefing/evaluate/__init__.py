"""How good the program's answers are, on texts whose right answers are known."""

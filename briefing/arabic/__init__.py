"""Knowledge of the Arabic language: folding, words, sentences, numbers, dates and the lexicon."""

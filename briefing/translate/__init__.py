"""From Arabic sentences to English: engines, models on disk, translation memory and the gloss."""

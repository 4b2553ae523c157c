"""The language model as an extractor: it points at words of the text, and nothing it says is believed unchecked."""

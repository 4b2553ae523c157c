"""Names and terms of the source put into the English as the glossary and the lexicon have them."""

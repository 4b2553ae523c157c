"""Brief -> Markdown, HTML, PDF and JSON, all holding the same items in the same order."""

"""Review: what people say of items on a local page, bound to what the items are, and how a brief follows it."""

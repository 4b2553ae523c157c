"""Checks of one translated line against its source: pure functions that find what an engine lost, changed or made up."""

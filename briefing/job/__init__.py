"""A week as a scheduled job does it: fetch, build, send, publish, each done once and gone on with where it stopped."""

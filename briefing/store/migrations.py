"""The store's tables, version by version. A version that has been released is never edited: a change is a new one."""

from __future__ import annotations

APPLICATION = 0x42524946  # "BRIF", SQLite's application_id: tells our file from another program's

# MIGRATIONS[n] turns version n into n + 1; PRAGMA user_version holds the version. Each entry is one statement.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # `content` is zlib-compressed; `digest` is the SHA-256 of what it unpacks to; times are ISO 8601 in UTC.
        """CREATE TABLE documents (
               digest TEXT PRIMARY KEY,
               kind TEXT NOT NULL CHECK (kind IN ('html', 'text')),
               size INTEGER NOT NULL,
               content BLOB NOT NULL,
               added TEXT NOT NULL
           ) STRICT""",
        # One row for each time something was fetched or added. `source` is the URL asked for, or the path of a file; `digest` is
        # null for a feed, and for what was fetched and then found to hold no article.
        """CREATE TABLE origins (
               id INTEGER PRIMARY KEY,
               source TEXT NOT NULL,
               kind TEXT NOT NULL CHECK (kind IN ('file', 'feed', 'item', 'page')),
               digest TEXT REFERENCES documents (digest),
               fetched TEXT NOT NULL,
               url TEXT,
               status INTEGER,
               etag TEXT,
               last_modified TEXT,
               headers TEXT NOT NULL,
               feed TEXT,
               title TEXT,
               published TEXT,
               outlet TEXT
           ) STRICT""",
        "CREATE INDEX origins_by_source ON origins (source, id)",
        "CREATE INDEX origins_by_digest ON origins (digest, id)",
    ),
    (
        # What was derived at a cost and would come out the same: `kind` says what it is, `key` is a SHA-256 of all it rests on,
        # `made` an ISO 8601 time in UTC. Deleting every row costs time and changes nothing else.
        """CREATE TABLE cache (
               kind TEXT NOT NULL,
               key TEXT NOT NULL,
               value TEXT NOT NULL,
               made TEXT NOT NULL,
               PRIMARY KEY (kind, key)
           ) STRICT""",
    ),
    (
        # Briefs that went out by mail or to a wiki: `content` is the zlib-compressed brief.json with that digest, `week` is
        # "2024-W46" or "all"; the newest row of a week is the one that stands.
        """CREATE TABLE briefs (
               id INTEGER PRIMARY KEY,
               digest TEXT NOT NULL,
               week TEXT NOT NULL,
               kept TEXT NOT NULL,
               content BLOB NOT NULL,
               UNIQUE (digest, week)
           ) STRICT""",
    ),
    (
        # Who was sent which brief by mail. `edition` is the SHA-256 of what a brief says, `digest` that of its brief.json (see
        # briefs); `recipient` is the address in small letters. `copies` counts the times a server took it; `turn` counts on over
        # all rows with each attempt, so that the order of attempts does not hang on the clock. Times are ISO 8601 in UTC.
        """CREATE TABLE deliveries (
               id INTEGER PRIMARY KEY,
               edition TEXT NOT NULL,
               digest TEXT NOT NULL,
               week TEXT NOT NULL,
               recipient TEXT NOT NULL,
               state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'refused', 'unknown')),
               attempts INTEGER NOT NULL,
               copies INTEGER NOT NULL,
               turn INTEGER NOT NULL,
               message_id TEXT NOT NULL,
               reply TEXT NOT NULL,
               queued TEXT NOT NULL,
               changed TEXT NOT NULL,
               sent TEXT,
               next_attempt TEXT,
               UNIQUE (edition, week, recipient)
           ) STRICT""",
        "CREATE INDEX deliveries_by_week ON deliveries (week, recipient)",
    ),
    (
        # What people said of items in review, oldest first; rows are only ever added. `week` is that of the brief ("2024-W46" or
        # "all"), `key` the item's by content, `field` what is said (verdict, english, speaker, date, count), `value` JSON, `seen`
        # digests of the readings it was said of, `shown` a JSON object of what stood on the page; `made` is an ISO 8601 time in
        # UTC. Rows of one act share its first row's id in `action`; `undoes` is the action that this row takes back.
        """CREATE TABLE revisions (
               id INTEGER PRIMARY KEY AUTOINCREMENT,
               action INTEGER NOT NULL,
               week TEXT NOT NULL,
               key TEXT NOT NULL,
               field TEXT NOT NULL,
               value TEXT NOT NULL,
               seen TEXT NOT NULL,
               who TEXT NOT NULL,
               made TEXT NOT NULL,
               note TEXT NOT NULL,
               shown TEXT NOT NULL,
               undoes INTEGER
           ) STRICT""",
        "CREATE INDEX revisions_by_key ON revisions (week, key, id)",
    ),
    (
        # One row for each `briefing run`, and one for each stage it began. A row whose state is "running" while nobody holds
        # the lock of the store was left by a process that died. `detail` is JSON: counts, what was said, problems; `inputs` a
        # digest of what a build rests on, `cut_off` its information cut-off, `brief` the SHA-256 of the brief.json it was about.
        """CREATE TABLE runs (
               id INTEGER PRIMARY KEY,
               week TEXT NOT NULL,
               state TEXT NOT NULL CHECK (state IN ('running', 'done', 'waiting', 'failed', 'interrupted')),
               started TEXT NOT NULL,
               ended TEXT,
               code INTEGER
           ) STRICT""",
        """CREATE TABLE stages (
               id INTEGER PRIMARY KEY,
               run INTEGER NOT NULL REFERENCES runs (id),
               stage TEXT NOT NULL CHECK (stage IN ('fetch', 'build', 'send', 'publish')),
               state TEXT NOT NULL CHECK (state IN ('running', 'done', 'waiting', 'failed', 'interrupted')),
               started TEXT NOT NULL,
               ended TEXT,
               detail TEXT NOT NULL,
               inputs TEXT,
               cut_off TEXT,
               brief TEXT
           ) STRICT""",
        "CREATE INDEX runs_by_week ON runs (week, id)",
        "CREATE INDEX stages_by_run ON stages (run, id)",
        # What the operator should know, as long as it lasts: `topic` is what a run looks at as a whole, `mailed` when it was
        # said.
        """CREATE TABLE alarms (
               key TEXT PRIMARY KEY,
               topic TEXT NOT NULL,
               message TEXT NOT NULL,
               next_step TEXT NOT NULL,
               since TEXT NOT NULL,
               mailed TEXT
           ) STRICT""",
    ),
)

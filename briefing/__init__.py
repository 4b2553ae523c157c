"""Arabic-English bilingual briefings with a citation behind every line.

Importing this package does nothing: no folder is made, no model loaded, no setting read.
"""

__version__ = "0.1.0"

"""Briefs as pages: one for each week, commitment, person and body, with links between them, in a folder, git or MediaWiki."""

// Markdown on stdin -> HTML on stdout as a wiki with markdown-it makes it: HTML let through, bare addresses linked.
import { readFileSync } from "node:fs";
import markdownIt from "markdown-it";

process.stdout.write(markdownIt({ html: true, linkify: true }).render(readFileSync(0, "utf8")));

// Keys for the review page. Without this script every act is still a plain form.
"use strict";

const FIELDS = { r: "reason", e: "english", s: "speaker_en", d: "date", c: "number-0" };
const PRESSED = { a: "accept", u: "undo", j: "next", ArrowRight: "next", k: "previous", ArrowLeft: "previous", l: "list" };

function row(step) {
  const rows = [...document.querySelectorAll("a.row")];
  const at = rows.indexOf(document.activeElement);
  const to = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
  if (to) to.focus();
  return Boolean(to);
}

function field(id) {
  const found = document.getElementById(id);
  if (!found) return false;
  found.focus();
  if (found.select) found.select();
  found.scrollIntoView({ block: "nearest" });
  return true;
}

function pressed(id) {
  const found = document.getElementById(id);
  if (found) found.click();
  return Boolean(found);
}

function help() {
  const found = document.getElementById("help");
  if (!found) return false;
  found.open = !found.open;
  found.scrollIntoView({ block: "nearest" });
  return true;
}

function act(key) {
  if (FIELDS[key]) return field(FIELDS[key]);
  if ((key === "j" || key === "k") && document.querySelector("a.row")) return row(key === "j" ? 1 : -1);
  if (PRESSED[key]) return pressed(PRESSED[key]);
  if (key === "o") return pressed("still-open");
  return key === "?" && help();
}

document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("input, textarea, select");
  if (inField && event.key === "Escape") {
    inField.blur();
  } else if (inField && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    inField.form.requestSubmit();
  } else if (!inField && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && act(event.key)) {
    event.preventDefault();
  }
});

// A page that comes back from the history shows what stood then.
addEventListener("pageshow", (event) => event.persisted && location.reload());

// One act at a time: a second press of a key must not send a form twice.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});

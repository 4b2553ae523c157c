// Drives the review page in headless Chromium and prints, as JSON, what was seen: node review.mjs CHROMIUM WHAT ADDRESS [MORE]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, what, address, more] = process.argv.slice(2);
const rules = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// A container gives Chromium neither its own sandbox nor much shared memory; the page is ours and nothing is fetched.
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
const origin = new URL(address).origin;
const said = [];

async function opened(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  watched(page);
  await entered(page);
  return { context, page };
}

function watched(page) {
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(origin) || said.push(`request: ${request.url()}`));
}

async function entered(page) {
  await page.goto(address);
  await page.waitForURL((url) => !url.search); // until all is loaded: before that a key says nothing
  await page.waitForSelector("main");
}

async function row(page, id) {
  await page.goto(await page.evaluate((wanted) => [...document.querySelectorAll("a.row")].find((one) => one.querySelector(".id").textContent === wanted).href, id));
}

const text = (page, selector) => page.locator(selector).first().innerText();
const state = (page) => text(page, "h1 .state");
const progress = (page) => text(page, ".progress");
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

// A key that leads to another page: pressed, and waited for.
async function press(page, key) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
  await page.waitForSelector("footer");
}

async function typed(page, key, value) {
  await page.keyboard.press(key);
  const at = await focused(page);
  await page.keyboard.type(value);
  await press(page, "Control+Enter");
  return at;
}

const scenarios = {
  // Nothing but keys, from the list to the last item and back.
  async keys() {
    const { page } = await opened();
    const seen = { start: await progress(page), fields: [] };
    await page.keyboard.press("j");
    seen.firstRow = await focused(page);
    await press(page, "Enter");
    seen.first = await text(page, "h1");
    await press(page, "a");
    seen.second = await text(page, "h1");
    seen.fields.push(await typed(page, "e", "It cost ten million dinars."));
    seen.fields.push(await typed(page, "d", "2024-11-11"));
    await page.keyboard.press("s");
    seen.fields.push(await focused(page));
    await page.keyboard.type("Layla al-Mansour");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ليلى المنصور");
    await press(page, "Enter");
    seen.corrected = await state(page);
    await press(page, "j");
    seen.third = await text(page, "h1");
    await page.keyboard.press("c");
    seen.fields.push(await focused(page));
    await page.keyboard.type("5");
    await press(page, "Control+Enter");
    seen.counted = await text(page, ".history");
    await press(page, "u");
    seen.undone = await state(page);
    await page.keyboard.press("r");
    await page.keyboard.type("a u j of last year");
    await press(page, "Enter");
    seen.end = await progress(page);
    await press(page, "o");
    seen.open = await page.locator("a.row").count();
    await press(page, "l");
    await page.keyboard.press("?");
    seen.help = await page.evaluate(() => document.getElementById("help").open);
    return seen;
  },

  // Two windows of one browser on one item, and a third of another browser.
  async two() {
    const { context, page } = await opened();
    const second = await context.newPage();
    watched(second);
    await second.goto(page.url());
    const other = (await opened()).page;
    for (const one of [page, second, other]) await row(one, "S1");
    await press(page, "a");
    await second.keyboard.press("r");
    await second.keyboard.type("of last year");
    const [answer] = await Promise.all([second.waitForResponse((one) => one.request().method() === "POST"), second.keyboard.press("Enter")]);
    await second.waitForSelector(".conflict");
    const seen = { status: answer.status(), conflict: await text(second, ".conflict") };
    await Promise.all([second.waitForNavigation(), second.getByRole("button", { name: "Write mine" }).click()]);
    await other.keyboard.press("d");
    await other.keyboard.type("2024-11-10");
    await other.keyboard.press("Enter");
    await other.waitForSelector(".conflict");
    seen.third = await text(other, ".conflict");
    await Promise.all([other.waitForNavigation(), other.getByRole("link", { name: "Keep what is there" }).click()]);
    seen.kept = await state(other);
    return seen;
  },

  // Another page of this machine, on another port, in the same browser; `more` is its address. It knows all but the secrets.
  async rival() {
    const { context, page } = await opened();
    await row(page, "S1");
    const target = page.url();
    const rival = await context.newPage();
    const statuses = [];
    rival.on("response", (one) => one.url().startsWith(origin) && statuses.push([one.request().method(), one.status()]));
    await rival.goto(`${more}?target=${encodeURIComponent(target)}`);
    const tried = await rival.evaluate(async (url) => {
      const outcome = {};
      const body = new URLSearchParams({ act: "accept", expected: "0" });
      for (const [name, options] of Object.entries({ get: {}, cors: { mode: "cors" }, post: { method: "POST", body } })) {
        try {
          const answer = await fetch(url, { mode: "no-cors", credentials: "include", ...options });
          outcome[name] = `${answer.type} ${answer.status} ${(await answer.text()).length}`;
        } catch (error) {
          outcome[name] = "failed";
        }
      }
      const frame = document.createElement("iframe");
      frame.src = url;
      document.body.append(frame);
      await new Promise((done) => setTimeout(done, 500));
      try {
        outcome.frame = frame.contentDocument ? frame.contentDocument.body.innerText : "closed";
      } catch (error) {
        outcome.frame = "closed";
      }
      return outcome;
    }, target);
    await Promise.all([rival.waitForNavigation(), rival.evaluate(() => document.forms[0].submit())]);
    const form = await rival.locator("body").innerText();
    await page.reload();
    return { tried, statuses, form, state: await state(page) };
  },

  // Without a script everything is a form.
  async plain() {
    const { page } = await opened({ javaScriptEnabled: false });
    await page.locator("a.row").first().click();
    await page.getByRole("button", { name: "Accept" }).click();
    const seen = { second: await text(page, "h1") };
    await page.getByLabel("Reject, because").fill("of last year");
    await page.getByRole("button", { name: "Reject" }).click();
    seen.end = await progress(page);
    return seen;
  },

  // Every page as axe-core, a phone and the dark see it.
  async look() {
    const views = [];
    for (const width of [1100, 390]) {
      for (const colorScheme of ["light", "dark"]) {
        const { context, page } = await opened({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
        const links = await page.$$eval("a.row", (all) => all.map((one) => one.href));
        for (const url of [page.url(), ...links]) {
          await page.goto(url);
          await page.evaluate(rules);
          const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          const found = violations.map(({ id, impact, nodes }) => ({ id, impact, at: nodes.slice(0, 3).map((one) => one.html.slice(0, 160)) }));
          views.push({ width, colorScheme, wide, found });
          if (more) await page.screenshot({ path: `${more}/${views.length}-${width}-${colorScheme}.png`, fullPage: true });
        }
        await context.close();
      }
    }
    return { views };
  },

  // What an article tried to smuggle in, with the page's own policy in force.
  async hostile() {
    const { page } = await opened();
    const seen = { ran: [], links: [], directions: [] };
    for (const url of [page.url(), ...(await page.$$eval("a.row", (all) => all.map((one) => one.href)))]) {
      await page.goto(url);
      seen.ran.push(await page.evaluate(() => String(window.hacked)));
      seen.links.push(...(await page.$$eval("a[href]", (all) => all.map((one) => one.href))));
      seen.directions.push(...(await page.$$eval("[lang=ar]", (all) => all.map((one) => getComputedStyle(one).direction))));
      seen.text = (seen.text ?? "") + (await page.locator("main").innerText());
      seen.elements = (seen.elements ?? 0) + (await page.locator("main img, main script, main iframe, main svg").count());
    }
    return seen;
  },
};

try {
  console.log(JSON.stringify({ ...(await scenarios[what]()), said }));
} finally {
  await browser.close();
}

// Opens a page in headless Chromium and prints, as JSON, what its console said, which inner links lead nowhere and what
// axe-core finds serious or critical, in each size and colour scheme: node look.mjs CHROMIUM FILE.html [FOLDER for screenshots]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file, shots] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const rules = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// A container gives Chromium neither its own sandbox nor much shared memory; the page is ours and nothing is fetched.
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });

async function visited(width, colorScheme, bypassCSP) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => request.url().startsWith("data:") || request.url() === address || said.push(`request: ${request.url()}`));
  await page.goto(address);
  return { page, said, close: () => context.close() };
}

// As a reader sees it, with the page's own policy in force.
async function read() {
  const { page, said, close } = await visited(1100, "light", false);
  const lost = await page.evaluate(async () => {
    const wrong = [];
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      link.click();
      await new Promise((done) => requestAnimationFrame(done));
      const target = document.querySelector(":target");
      const seen = target && target.parentElement.getBoundingClientRect();
      if (!seen || seen.bottom < 0 || seen.top > innerHeight) wrong.push(link.getAttribute("href"));
    }
    return wrong;
  });
  const links = await page.locator('a[href^="#"]').count();
  await close();
  return { said, lost, links };
}

async function judged(width, scheme) {
  const { page, close } = await visited(width, scheme, true);
  await page.evaluate(rules);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (shots) await page.screenshot({ path: `${shots}/${width}-${scheme}.png`, fullPage: true });
  await close();
  const found = violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, at: nodes.slice(0, 5).map((one) => one.html.slice(0, 160)) }));
  return { width, scheme, wide, found };
}

try {
  const seen = await read();
  const views = [];
  for (const width of [1100, 390]) for (const scheme of ["light", "dark"]) views.push(await judged(width, scheme));
  console.log(JSON.stringify({ ...seen, views }));
} finally {
  await browser.close();
}

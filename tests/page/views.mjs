// views.mjs URL: shows every view of a running server in Chromium, and acts as visitors do. CHROMIUM is the browser, MODULES
// the folder with node_modules. PAGE_PHOTOS, if it is not empty, is a folder that receives a picture of each view.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { visit } from './visit.mjs';

const require = createRequire(process.env.MODULES);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const server = process.argv[2];

const VIEWS = {
  start: '#/', user: '#/recommendations?user=1', myself: '#/recommendations', movie: '#/movie/1', browse: '#/browse?by=rated', insights: '#/insights',
  training: '#/training', account: '#/account',
};
const WINDOWS = [[1280, 'light', 'dark'], [400, 'dark', 'light']]; // width, colours that rules are held against, the others

const faults = [];
let mostShift = 0;
const fault = (where, text) => faults.push(`${where}: ${text}`);

// Waits until the view has what it asked for: no request is under way for a moment, nothing is busy.
async function settled(page) {
  for (let quiet = 0; quiet < 3; quiet = page.underWay === 0 ? quiet + 1 : 0) await page.waitForTimeout(30);
  await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main [aria-busy="true"]'));
}

// Sums layout shifts as they come, but those that follow what somebody does. What the server answers comes late, as it does
// over a network: what is filled in then must not move what is there.
const LATE = 60; // milliseconds
const MOST_SHIFT = 0.1;
const noteShifts = () => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push({ value: one.value, of: one.sources.map(({ node }) => node?.outerHTML?.slice(0, 100) ?? node?.textContent) });
  }).observe({ type: 'layout-shift', buffered: true });
};

async function shifts(page, where) {
  const found = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.shifts), 0))));
  const sum = found.reduce((all, one) => all + one.value, 0);
  mostShift = Math.max(mostShift, sum);
  const largest = found.sort((a, b) => b.value - a.value)[0];
  if (process.env.PAGE_SHIFTS && sum > 0.01) console.log(`${where}: layout shift ${sum.toFixed(4)}, most of ${largest.of.join(' | ')}`);
  if (sum < MOST_SHIFT) return;
  fault(where, `a cumulative layout shift of ${sum.toFixed(3)}, expected less than ${MOST_SHIFT}; the largest, ${largest.value.toFixed(3)}, of ${largest.of.join(' | ')}`);
}

// What axe-core finds, by all of its rules or by those that are named; they are given by the test, past the policy of the page.
async function rules(page, where, only = null) {
  const found = await page.evaluate(async (names) => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...(names ? { runOnly: names } : {}) });
    return violations.filter((one) => ['serious', 'critical'].includes(one.impact))
      .map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, only);
  for (const text of found) fault(where, text);
}

const contrast = (page, where) => rules(page, where, ['color-contrast']);

// Everything that can be used gets the focus by Tab, and none keeps it.
async function keyboard(page, where) {
  const left = await page.evaluate(() => {
    window.focused = new Set();
    window.addEventListener('focusin', (event) => window.focused.add(event.target));
    document.activeElement?.blur();
    const seen = (node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0;
    window.usable = () => [...document.querySelectorAll('a[href], button, input:not([type="radio"]), select, summary, canvas')].filter(seen);
    return window.usable().length;
  });
  for (let i = 0; i < left + 60; i++) await page.keyboard.press('Tab');
  const missed = await page.evaluate(() => window.usable().filter((node) => !window.focused.has(node)).map((node) => node.outerHTML.slice(0, 120)));
  if (missed.length) fault(where, `${missed.length} get no focus by Tab: ${missed[0]}`);
}

// What the layout and the view itself have to be in both colours.
async function plain(page, where, photo) {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) fault(where, `the page is ${wider} wider than the window`);
  const headings = await page.locator('main h1').count();
  if (headings !== 1) fault(where, `${headings} headings of the first level`);
  if (await page.locator('main .problem').count()) fault(where, await page.locator('main .problem').first().textContent());
  if (process.env.PAGE_PHOTOS) await page.screenshot({ path: `${process.env.PAGE_PHOTOS}/${photo}.png`, fullPage: true });
}

async function show(page, [width, scheme, other], name, hash) {
  const where = `${name} at ${width}, ${scheme}`;
  await page.goto('about:blank'); // a change of the hash alone is not a load
  await page.goto(`${server}/${hash}`);
  await settled(page);
  await shifts(page, where);
  await plain(page, where, `${name}-${width}-${scheme}`);
  await page.evaluate(axe);
  await rules(page, where);
  if (width > 1000) await keyboard(page, where);
  await page.emulateMedia({ colorScheme: other });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await plain(page, `${name} at ${width}, ${other}`, `${name}-${width}-${other}`);
  await contrast(page, `${name} at ${width}, ${other}`);
  await page.emulateMedia({ colorScheme: scheme });
}

// A page that notes what a browser complains of, and what it asks of other sites. A status that a test expects is no fault.
async function openPage(browser, width, scheme, expected = null) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: 'reduce', bypassCSP: false });
  await context.addInitScript(noteShifts);
  const page = await context.newPage();
  page.shifts = (where) => shifts(page, where);
  page.setDefaultTimeout(60000);
  page.underWay = 0;
  page.on('request', () => { page.underWay += 1; });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, () => { page.underWay -= 1; });
  page.on('console', (message) => (expected?.test(message.text()) ? null : fault('console', `${message.text()} at ${page.url()}`)));
  page.on('pageerror', (error) => fault('error', `${error.stack} at ${page.url()}`));
  page.on('request', (request) => (/^(blob|data):/.test(request.url()) || request.url().startsWith(server) ? null : fault('request', request.url())));
  return page;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const window of WINDOWS) {
    const page = await openPage(browser, window[0], window[1]);
    await page.route(`${server}/**`, async (route) => {
      if (route.request().resourceType() === 'fetch') await new Promise((done) => setTimeout(done, LATE));
      await route.continue();
    });
    for (const [name, hash] of Object.entries(VIEWS)) await show(page, window, name, hash);
    await page.context().close();
  }
  await visit(await openPage(browser, 1280, 'light', /status of 4(03|09|22)/), server, settled, fault);
} catch (error) {
  fault('test', error.stack);
} finally {
  await browser.close();
}
for (const text of faults) console.log(text);
console.log(`${faults.length} faults in ${Object.keys(VIEWS).length} views, layout shift up to ${mostShift.toFixed(3)}`);
process.exitCode = faults.length ? 1 : 0;

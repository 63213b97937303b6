// Chromium for the tests, with eyes on what a page must never do.

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "playwright-core";

export const CHROMIUM = process.env.NUNCHI_CHROMIUM ?? "/usr/bin/chromium";
export const isThere = () => existsSync(CHROMIUM);

const SCREENSHOTS = join(process.env.NUNCHI_SOURCE_DIR ?? process.cwd(), "build", "screenshots");
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const LOST_CONNECTION = /WebSocket connection to .* failed|net::ERR_CONNECTION_REFUSED/;

/** Runs in the page: what breaks the policy, how much moves without a cause, what the first paint looks like. */
function watch() {
  globalThis.layoutShift = 0;
  document.addEventListener("readystatechange", () => {
    if (document.readyState === "interactive") globalThis.firstTheme = document.documentElement.dataset.theme;
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.layoutShift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

export class Browser {
  static async launch() {
    const browser = new Browser();
    browser.process = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS });
    return browser;
  }

  close = () => this.process.close();

  /** A page with storage of its own; `options` are playwright's, as viewport, locale, colorScheme. */
  async open(url, options = {}) {
    const context = await this.process.newContext({ locale: "ko-KR", ...options });
    return Visit.begin(await context.newPage(), url);
  }
}

/** One page and what was seen of it. */
export class Visit {
  objections = [];
  sent = []; // frames of the page
  heard = []; // frames of the server

  static async begin(page, url) {
    const visit = new Visit(page, new URL(url).host);
    await page.addInitScript(watch);
    await page.goto(url);
    return visit;
  }

  constructor(page, host) {
    this.page = page;
    const isForeign = (url) => !["data:", "blob:"].includes(new URL(url).protocol) && new URL(url).host !== host;
    const object = (objection) => this.objections.push(objection);
    page.on("console", (line) => line.type() === "error" && object(line.text()));
    page.on("pageerror", (error) => object(String(error)));
    page.on("request", (request) => isForeign(request.url()) && object(`request to ${request.url()}`));
    page.on("websocket", (socket) => {
      if (isForeign(socket.url())) object(`connection to ${socket.url()}`);
      socket.on("framesent", ({ payload }) => this.sent.push(JSON.parse(payload)));
      socket.on("framereceived", ({ payload }) => this.heard.push(JSON.parse(payload)));
    });
  }

  get input() {
    return this.page.locator("#text");
  }

  get exchanges() {
    return this.page.locator(".exchange");
  }

  answered = () => this.page.locator('.exchange[data-state="answered"]');
  ids = (frames, type) => frames.filter((frame) => frame.type === type).map((frame) => frame.id);

  connected = () => this.page.waitForSelector('html[data-connection="open"]', { state: "attached" });

  async say(text) {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  async waitForAnswers(count) {
    await this.page.waitForFunction(
      (wanted) => document.querySelectorAll('.exchange[data-state="answered"]').length >= wanted, count);
  }

  /** Into build/screenshots, when what moves has come to rest. */
  async picture(name) {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.evaluate(() => {
      const isFinite = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
      return Promise.all(document.getAnimations().filter(isFinite).map((animation) => animation.finished));
    });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Ends the visit; throws when the page did what it must not. */
  async end({ mayLoseConnection = false } = {}) {
    await this.page.context().close();
    const serious = this.objections.filter((it) => !(mayLoseConnection && LOST_CONNECTION.test(it)));
    if (serious.length > 0) throw new Error(`the page did what it must not:\n${serious.join("\n")}`);
  }
}

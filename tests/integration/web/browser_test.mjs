// The web chat in Chromium. With NUNCHI_BIN_DIR naming the folder of web_probe and nunchi:
//
//   node tests/integration/web/browser_test.mjs
//
// Pictures are written to build/screenshots. What a page must never do (break its policy, speak to another host,
// report an error) fails the test in which it happens.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Browser, CHROMIUM, isThere as isChromiumThere } from "./browser.mjs";
import { behavesAsAChat } from "./chat_behaviour.mjs";
import { assertContrast, assertNoHorizontalScroll, assertTouchable } from "./page_checks.mjs";
import { Probe, Program } from "./servers.mjs";

const BIN = process.env.NUNCHI_BIN_DIR ?? "build/release/bin";
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const DESKTOP = { viewport: { width: 1440, height: 900 } };
const SIZES = [["phone", PHONE], ["desktop", DESKTOP]];

function skip(reason) {
  console.log(`browser_test: ${reason}`);
  process.exit(process.env.CI === "true" ? 1 : 77);
}
if (!isChromiumThere()) skip(`${CHROMIUM} was not found: run script/bootstrap --test`);
if (!Probe.isThere(BIN)) skip(`${BIN}/web_probe was not found: build it first`);

let browser;
before(async () => (browser = await Browser.launch()));
after(() => browser.close());

describe("the web chat with a scripted core", () => {
  behavesAsAChat(() => browser, () => Probe.start(BIN));

  let probe;
  before(async () => (probe = await Probe.start(BIN)));
  after(() => probe.stop());

  test("reads each message once, also after it died", async () => {
    const visit = await browser.open(probe.url);
    await visit.connected();
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 10; index += 1) await visit.say(`${round} ${index} 기뻐`);
      await probe.down();
      await probe.up();
    }
    await visit.waitForAnswers(30);
    await visit.page.waitForFunction(() => document.querySelectorAll(".exchange").length === 30);
    // The last answers may have come before the last death; the page confirms them after its reconnection.
    let stats = await probe.stats();
    for (const end = Date.now() + 20_000; stats.pending > 0 && Date.now() < end; stats = await probe.stats()) {
      await visit.page.evaluate(() => new Promise(requestAnimationFrame));
    }
    assert.deepEqual({ pending: stats.pending, most: stats.most_often_classified }, { pending: 0, most: 1 });
    await visit.end({ mayLoseConnection: true });
  });

  test("shows markup as text", async () => {
    const visit = await browser.open(probe.url);
    const markup = "<img src=x onerror=alert(1)><script>alert(1)</script>&amp;<b>기뻐</b>";
    await visit.say(markup);
    await visit.waitForAnswers(1);
    assert.equal(await visit.exchanges.locator(".text").textContent(), markup);
    assert.equal(await visit.exchanges.locator("img, script, b").count(), 0);
    await visit.end();
  });

  test("sends again what was unanswered when the page was reloaded, and keeps nothing else", async () => {
    const visit = await browser.open(probe.url);
    await visit.say("벌써 답을 받은 글");
    await visit.waitForAnswers(1);
    await visit.say("천천히 기뻐");
    await visit.page.waitForSelector('.exchange[data-state="handled"]');
    const kept = await visit.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    assert.ok(kept.includes("천천히 기뻐") && !kept.includes("벌써"), kept);
    await visit.page.reload();
    await visit.connected();
    await probe.release();
    await visit.waitForAnswers(1);
    assert.deepEqual(await visit.exchanges.locator(".text").allTextContents(), ["천천히 기뻐"]);
    assert.equal(await visit.page.evaluate(() => document.cookie), "");
    assert.equal(await visit.page.evaluate(() => sessionStorage.getItem("nunchi.unanswered")), "[]");
    await visit.end();
  });

  test("sends by itself again when the core is busy, and says why when no answer comes", async () => {
    const visit = await browser.open(probe.url);
    await visit.say("바쁨 기뻐");
    await visit.waitForAnswers(1);
    await visit.say("한글아님");
    await visit.say("고장");
    await visit.page.waitForFunction(() => document.querySelectorAll(".is-notice").length === 2);
    const retry = visit.page.locator(".retry:visible");
    assert.equal(await retry.count(), 1, "only where trying again may help");
    await retry.click();
    await visit.page.waitForFunction(() => document.querySelectorAll(".is-notice").length === 2);
    await visit.picture("notices-light");
    for (const box of await visit.page.locator(".is-notice").all()) {
      const { width, height } = await box.boundingBox();
      assert.ok(width > 150 && height < 130, `${width}x${height}`);
    }
    await assertNoHorizontalScroll(visit);
    await visit.end();
  });

  test("says so when it cannot be explained", async () => {
    const visit = await browser.open(probe.url);
    await visit.say("까닭없이 기뻐");
    await visit.waitForAnswers(1);
    await visit.page.locator(".why").click();
    await visit.page.getByText("지금은 까닭을 알 수 없어요.").waitFor();
    assert.equal(await visit.answered().count(), 1, "the answer stays");
    await visit.end();
  });

  test("shows an abstention as such", async () => {
    const visit = await browser.open(probe.url);
    await visit.say("글쎄 잘 모르겠어");
    await visit.waitForAnswers(1);
    assert.equal(await visit.exchanges.locator(".face").textContent(), "🤔");
    assert.equal(await visit.exchanges.getAttribute("data-emotion"), "");
    await visit.end();
  });

  test("goes on in the newest window and lets the older one take it back", async () => {
    const older = await browser.open(probe.url);
    await older.connected();
    const context = older.page.context();
    const kept = await older.page.evaluate(() => sessionStorage.getItem("nunchi.conversation"));
    const second = await context.newPage();
    await second.addInitScript((id) => sessionStorage.setItem("nunchi.conversation", id), kept);
    await second.goto(probe.url);
    await older.page.waitForSelector('html[data-connection="replaced"]', { state: "attached" });
    assert.equal(await older.page.locator("#connection-text").textContent(), "이 대화는 다른 창에서 이어지고 있어요.");
    await older.page.getByRole("button", { name: "여기서 계속하기" }).click();
    await older.connected();
    await second.waitForSelector('html[data-connection="replaced"]', { state: "attached" });
    await older.end();
  });

  test("is reached neither from another origin nor under another name", async () => {
    const { host } = new URL(probe.url);
    const upgrade = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==" };
    const { request } = await import("node:http");
    const statusOf = (headers, path) => new Promise((resolve, reject) => {
      const asked = request(probe.url + path, { headers });
      asked.on("response", (response) => resolve(response.resume().statusCode));
      asked.on("upgrade", (response, socket) => resolve(socket.destroy() && response.statusCode));
      asked.on("error", reject).end();
    });
    assert.equal(await statusOf({ ...upgrade, Origin: probe.url }, "/chat"), 101);
    assert.equal(await statusOf({ ...upgrade, Origin: "http://evil.example" }, "/chat"), 403);
    assert.equal(await statusOf({ ...upgrade, Host: "evil.example", Origin: "http://evil.example" }, "/chat"), 403);
    assert.equal(await statusOf({ Host: "evil.example" }, "/"), 403);
    assert.equal(await statusOf({ Host: host }, "/"), 200);
  });

  test("can be used with the keyboard alone", async () => {
    const visit = await browser.open(probe.url, DESKTOP);
    const { keyboard } = visit.page;
    const focused = () => visit.page.evaluate(() => document.activeElement.id || document.activeElement.className);
    assert.equal(await focused(), "text");
    await keyboard.type("첫 줄");
    await keyboard.press("Shift+Enter");
    await keyboard.type("둘째 줄 기뻐");
    await keyboard.press("Enter");
    await visit.waitForAnswers(1);
    assert.equal(await visit.exchanges.locator(".text").textContent(), "첫 줄\n둘째 줄 기뻐");
    assert.equal(await focused(), "text");
    await keyboard.press("Shift+Tab");
    assert.equal(await focused(), "quiet why");
    await keyboard.press("Enter");
    await visit.page.waitForSelector("mark");
    assert.equal(await visit.page.locator(".why").getAttribute("aria-expanded"), "true");
    await keyboard.press("Space");
    await visit.page.waitForFunction(() => document.querySelectorAll("mark").length === 0);
    const order = [];
    await visit.page.evaluate(() => document.getElementById("language").focus());
    for (let step = 0; step < 6; step += 1) {
      order.push(await focused());
      await keyboard.press("Tab");
    }
    assert.deepEqual(order, ["language", "theme", "log", "quiet why", "text", "send"]);
    await visit.end();
  });

  test("tells screen readers of each answer, and gives every control a name", async () => {
    const visit = await browser.open(probe.url);
    await visit.say("정말 기뻐");
    await visit.waitForAnswers(1);
    const announcer = visit.page.locator("#announcer");
    assert.equal(await announcer.getAttribute("aria-live"), "polite");
    assert.equal(await announcer.textContent(), "입력하신 내용에서 행복이 느껴집니다.");
    for (const button of await visit.page.getByRole("button").all()) {
      const name = (await button.getAttribute("aria-label")) ?? (await button.textContent());
      assert.notEqual(name.trim(), "");
    }
    const first = visit.page.getByRole("list", { name: "일곱 감정의 확률" }).getByRole("listitem").first();
    assert.equal((await first.textContent()).replaceAll(/\s/g, ""), "행복71%");
    await visit.end();
  });

  test("does not send while an input method composes", async () => {
    const visit = await browser.open(probe.url);
    await visit.connected();
    const session = await visit.page.context().newCDPSession(visit.page);
    await session.send("Input.imeSetComposition", { text: "기ㅃ", selectionStart: 2, selectionEnd: 2 });
    await visit.page.evaluate(() => document.getElementById("text").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })));
    await visit.page.evaluate(() => document.getElementById("text").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true })));
    assert.equal(await visit.exchanges.count(), 0);
    await session.send("Input.insertText", { text: "기뻐" });
    await visit.input.press("Enter");
    await visit.waitForAnswers(1);
    assert.equal(await visit.exchanges.locator(".text").textContent(), "기뻐");
    await visit.end();
  });

  test("counts characters and sends no more than may be sent", async () => {
    const visit = await browser.open(probe.url);
    await visit.connected();
    await visit.input.fill("가".repeat(1_900));
    assert.equal(await visit.page.locator("#count").textContent(), "100자 남음");
    await visit.input.fill("😀".repeat(2_001));
    assert.equal(await visit.page.locator("#count").textContent(), "1자 넘침");
    await visit.input.press("Enter");
    assert.equal(await visit.exchanges.count(), 0);
    assert.equal((await visit.input.inputValue()).length, 4_002, "what was written stays");
    await visit.input.fill("가".repeat(2_000));
    await visit.input.press("Enter");
    await visit.waitForAnswers(1);
    await assertNoHorizontalScroll(visit);
    await visit.end();
  });

  for (const [size, options] of SIZES) test(`moves nothing when the answer comes: ${size}`, async () => {
    const visit = await browser.open(probe.url, options);
    await visit.say("천천히 길게 써서 여러 줄이 되는 글이라도 답이 올 때 아무것도 움직이지 않아야 해서 기뻐 ".repeat(3));
    await visit.page.waitForSelector('.exchange[data-state="handled"]');
    // Shifts are told a while after they happened: those of the question's own coming in must be told before.
    let before;
    do {
      before = await visit.page.evaluate(() => globalThis.layoutShift);
      await new Promise((resolve) => setTimeout(resolve, 500));
    } while (before !== (await visit.page.evaluate(() => globalThis.layoutShift)));
    const height = await visit.exchanges.evaluate((it) => it.offsetHeight);
    await probe.release();
    await visit.waitForAnswers(1);
    assert.equal(await visit.exchanges.evaluate((it) => it.offsetHeight), height);
    assert.ok((await visit.page.evaluate(() => globalThis.layoutShift)) - before < 0.001);
    await visit.end();
  });

  test("reads well against its background", async () => {
    for (const colorScheme of ["light", "dark"]) {
      const visit = await browser.open(probe.url, { colorScheme });
      for (const word of ["무서워", "놀라워", "화가 나", "슬퍼", "그냥", "기뻐", "싫어"]) await visit.say(`정말정말 ${word}`);
      await visit.waitForAnswers(7);
      await assertContrast(visit);
      await visit.end();
    }
  });

  test("stands still for those who want no motion", async () => {
    const visit = await browser.open(probe.url, { reducedMotion: "reduce" });
    await visit.say("정말 기뻐");
    await visit.waitForAnswers(1);
    assert.equal(await visit.page.evaluate(() => document.getAnimations().length), 0);
    await visit.end();
  });

  test("remembers the chosen language and brightness", async () => {
    const visit = await browser.open(probe.url);
    await visit.page.getByRole("button", { name: "Switch to English" }).click();
    await visit.page.getByRole("button", { name: "Brightness: as the device" }).click();
    await visit.page.getByRole("button", { name: "Brightness: light" }).click();
    await visit.page.reload();
    assert.equal(await visit.page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.equal(await visit.page.evaluate(() => globalThis.firstTheme), "dark", "before the first paint");
    assert.equal(await visit.page.evaluate(() => document.documentElement.lang), "en");
    await visit.page.getByRole("button", { name: "한국어로 바꾸기" }).click();
    assert.equal(await visit.page.locator("h1").textContent(), "눈치");
    await visit.end();
  });

  for (const [size, options] of SIZES) {
    for (const colorScheme of ["light", "dark"]) {
      for (const locale of ["ko-KR", "en-US"]) {
        const name = `${size}-${colorScheme}-${locale.slice(0, 2)}`;
        test(`fits and can be touched: ${name}`, async () => {
          const visit = await browser.open(probe.url, { ...options, colorScheme, locale });
          await visit.connected();
          await assertNoHorizontalScroll(visit);
          await assertTouchable(visit);
          await visit.picture(`${name}-empty`);
          await visit.page.locator("#examples button").first().click();
          await visit.waitForAnswers(1);
          await visit.say("갑자기 그런 소식을 들으니 너무 놀라워서 아무 말도 안 나와");
          await visit.say("글쎄 아직 잘 모르겠어");
          await visit.say("내 말을 끝까지 듣지도 않고 그냥 가 버려서 정말 화가 났어");
          await visit.waitForAnswers(4);
          await visit.page.locator(".why").last().click();
          await visit.page.waitForSelector("mark");
          await assertNoHorizontalScroll(visit);
          await assertTouchable(visit);
          await visit.picture(`${name}-chat`);
          await visit.end();
        });
      }
    }
  }

  test("says calmly that the connection is lost", async () => {
    const visit = await browser.open(probe.url, PHONE);
    await visit.say("정말 기뻐");
    await visit.waitForAnswers(1);
    await visit.say("천천히 슬퍼");
    await visit.page.waitForSelector('.exchange[data-state="handled"]');
    await probe.down();
    await visit.page.waitForSelector('html[data-connection="waiting"]', { state: "attached" });
    await visit.say("끊긴 동안 쓴 글");
    assert.equal(await visit.exchanges.last().locator(".state").textContent(), "연결되면 보낼게요");
    await visit.picture("phone-light-ko-waiting");
    await probe.up();
    await visit.waitForAnswers(3);
    await visit.end({ mayLoseConnection: true });
  });
});

const hasNoProgram = process.env.NUNCHI_TORCH === "OFF" || (!Program.isThere(BIN) && process.env.CI !== "true");
describe("the web chat of the whole program", { skip: hasNoProgram && `${BIN} holds no nunchi with a model` }, () => {
  behavesAsAChat(() => browser, () => Program.start(BIN));
});

// What anyone who opens the page may rely on, whatever reads the messages behind it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

/** What holds for the scripted core holds for the whole program. */
export function behavesAsAChat(browserOf, start) {
  let server;
  before(async () => (server = await start()));
  after(() => server?.stop());

  test("answers the first message", async () => {
    const visit = await browserOf().open(server.url);
    await visit.say("오늘 정말 기뻐!");
    await visit.waitForAnswers(1);
    assert.equal(await visit.exchanges.locator(".text").textContent(), "오늘 정말 기뻐!");
    assert.notEqual(await visit.exchanges.locator(".words").textContent(), "");
    const values = await visit.exchanges.locator(".bars .value").allTextContents();
    assert.equal(values.length, 7);
    const sum = values.reduce((total, value) => total + (Number.parseInt(value, 10) || 0), 0);
    assert.ok(sum > 90 && sum < 110, String(values));
    await visit.end();
  });

  test("answers a hundred quick messages in order", async () => {
    const visit = await browserOf().open(server.url);
    await visit.connected();
    const texts = Array.from({ length: 100 }, (_, index) => `${index + 1}번째로 기뻐`);
    await visit.page.evaluate((all) => {
      const input = document.getElementById("text");
      for (const text of all) {
        input.value = text;
        input.form.requestSubmit();
      }
    }, texts);
    await visit.waitForAnswers(100);
    assert.deepEqual(await visit.exchanges.locator(".text").allTextContents(), texts);
    // Messages are read side by side, so the answers may overtake each other on the way; on the screen each stands
    // under its message.
    const sent = visit.ids(visit.sent, "message").sort();
    assert.equal(new Set(sent).size, 100);
    assert.deepEqual(visit.ids(visit.heard, "ack").sort(), sent);
    assert.deepEqual(visit.ids(visit.heard, "answer").sort(), sent);
    assert.deepEqual(visit.ids(visit.heard, "notice"), []);
    await visit.end();
  });

  test("loses nothing and answers nothing twice when it dies under an open page", async () => {
    const visit = await browserOf().open(server.url);
    await visit.connected();
    for (const text of ["먼저 하나", "먼저 둘"]) await visit.say(text);
    await server.down();
    for (const text of ["끊긴 동안 하나", "끊긴 동안 둘", "끊긴 동안 셋"]) await visit.say(text);
    await visit.page.waitForSelector('html[data-connection="waiting"]', { state: "attached" });
    await server.up();
    await visit.waitForAnswers(5);
    assert.deepEqual(await visit.exchanges.locator(".text").allTextContents(),
      ["먼저 하나", "먼저 둘", "끊긴 동안 하나", "끊긴 동안 둘", "끊긴 동안 셋"]);
    assert.equal(await visit.answered().count(), 5);
    assert.equal(await visit.page.locator("#connection").isVisible(), false);
    await visit.end({ mayLoseConnection: true });
  });

  test("explains with words that are marked in the message", async () => {
    const visit = await browserOf().open(server.url);
    await visit.say("오늘은 정말정말 기뻐 그리고 좋아");
    await visit.waitForAnswers(1);
    await visit.page.getByRole("button", { name: "왜 이렇게 읽었는지 보기" }).click();
    await visit.page.waitForFunction(() => {
      const reason = document.querySelector(".reason");
      return !reason.hidden && reason.textContent !== "" && reason.textContent !== "살펴보는 중…";
    });
    assert.equal(await visit.exchanges.locator(".text").textContent(), "오늘은 정말정말 기뻐 그리고 좋아");
    await visit.end();
  });
}

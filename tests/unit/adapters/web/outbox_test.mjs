import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../../../adapters/web/page/outbox.js";

function scene(saved = []) {
  let drawn = 0;
  const it = { saved };
  it.make = () =>
    new Outbox({ drawId: () => `m${(drawn += 1)}`, save: (items) => (it.saved = structuredClone(items)), saved: it.saved });
  it.outbox = it.make();
  return it;
}

const ids = (items) => items.map((item) => item.id);
const states = (outbox) => outbox.items.map((item) => `${item.id} ${item.state}`);

test("sends what was not acknowledged again after each reconnection, in order and with its id", () => {
  const { outbox } = scene();
  outbox.add("하나");
  outbox.add("둘");
  outbox.add("셋");
  outbox.onAck("m2", 0);
  outbox.onDisconnected();
  assert.deepEqual(ids(outbox.onConnected(0)), ["m1", "m3"]);
  assert.deepEqual(ids(outbox.onConnected(0)), ["m1", "m3"]);
});

test("shows an answer once, however often it comes", () => {
  const { outbox } = scene();
  outbox.add("하나");
  assert.equal(outbox.onAnswer("m1").state, "answered");
  assert.equal(outbox.onAnswer("m1"), null);
  assert.deepEqual(outbox.onConnected(0), []);
});

test("takes an answer for an acknowledgement", () => {
  const { outbox } = scene();
  outbox.add("하나");
  outbox.onAnswer("m1");
  assert.equal(outbox.onAck("m1", 0), null);
  assert.deepEqual(outbox.items, []);
});

test("passes over answers to messages that it never sent", () => {
  const { outbox } = scene();
  assert.equal(outbox.onAnswer("other"), null);
  assert.equal(outbox.onAck("other", 0), null);
  assert.equal(outbox.onNotice("other", "failed", 0), null);
});

test("keeps what is unanswered over a reload, and nothing else", () => {
  const it = scene();
  it.outbox.add("하나");
  it.outbox.add("둘");
  it.outbox.add("셋");
  it.outbox.onAck("m2", 0);
  it.outbox.onAnswer("m3");
  assert.deepEqual(it.saved, [
    { id: "m1", text: "하나", acked: false },
    { id: "m2", text: "둘", acked: true },
  ]);
  const reloaded = it.make();
  assert.deepEqual(states(reloaded), ["m1 sending", "m2 handled"]);
  assert.deepEqual(ids(reloaded.onConnected(0)), ["m1"]);
});

test("rests when the server asks for it, and longer each time", () => {
  const { outbox } = scene();
  outbox.add("하나");
  let now = 0;
  for (const rest of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]) {
    assert.equal(outbox.onNotice("m1", "too_fast", now).state, "resting");
    assert.equal(outbox.nextDue(), now + rest);
    assert.deepEqual(outbox.onTime(now + rest - 1).resend, []);
    now += rest;
    assert.deepEqual(ids(outbox.onTime(now).resend), ["m1"]);
  }
  const failed = outbox.onNotice("m1", "too_fast", now);
  assert.equal(failed.state, "failed");
  assert.equal(failed.mayRetry, true);
});

test("does not rest over a reconnection", () => {
  const { outbox } = scene();
  outbox.add("하나");
  outbox.onNotice("m1", "overloaded", 0);
  outbox.onDisconnected();
  assert.deepEqual(ids(outbox.onConnected(0)), ["m1"]);
  assert.equal(outbox.nextDue(), null);
});

test("fails at once where a pause does not help", () => {
  const { outbox } = scene();
  outbox.add("abc");
  const item = outbox.onNotice("m1", "not_korean", 0);
  assert.equal(item.state, "failed");
  assert.equal(item.mayRetry, false);
  assert.deepEqual(outbox.items, []);
});

test("fails when a handled message gets no answer in time", () => {
  const { outbox } = scene();
  outbox.add("하나");
  outbox.onAck("m1", 1_000);
  assert.equal(outbox.nextDue(), 21_000);
  assert.deepEqual(outbox.onTime(20_999).failed, []);
  const { failed } = outbox.onTime(21_000);
  assert.deepEqual(ids(failed), ["m1"]);
  assert.equal(failed[0].mayRetry, true);
});

test("lets no time run out while there is no connection", () => {
  const { outbox } = scene();
  outbox.add("하나");
  outbox.onAck("m1", 0);
  outbox.onDisconnected();
  assert.equal(outbox.nextDue(), null);
  outbox.onConnected(100_000);
  assert.equal(outbox.nextDue(), 120_000);
});

test("takes the answer also after it had given up", () => {
  const { outbox } = scene();
  outbox.add("하나");
  outbox.onAck("m1", 0);
  outbox.onTime(20_000);
  assert.equal(outbox.onAnswer("m1").state, "answered");
});

test("retries a handled message under a new id, any other under its own", () => {
  const { outbox } = scene();
  const handled = outbox.add("하나");
  outbox.onAck("m1", 0);
  outbox.onTime(20_000);
  outbox.retry(handled);
  assert.deepEqual(states(outbox), ["m2 sending"]);
  assert.equal(outbox.onAnswer("m1"), null, "the old id is no longer shown");

  const unhandled = outbox.add("둘");
  outbox.onNotice("m3", "failed", 0);
  outbox.retry(unhandled);
  assert.deepEqual(states(outbox), ["m2 sending", "m3 sending"]);
  assert.deepEqual(ids(outbox.onConnected(0)), ["m2", "m3"]);
});

test("retries only what failed", () => {
  const { outbox } = scene();
  const item = outbox.add("하나");
  outbox.onAck("m1", 0);
  outbox.retry(item);
  assert.deepEqual(states(outbox), ["m1 handled"]);
});

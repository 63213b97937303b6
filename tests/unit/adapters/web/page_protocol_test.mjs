import assert from "node:assert/strict";
import { test } from "node:test";

import * as protocol from "../../../../adapters/web/page/protocol.js";

const ANSWER = {
  type: "answer",
  id: "m1",
  text: "글",
  abstained: false,
  scores: [{ emotion: "fear", name: "공포", probability: 0.5 }],
  elapsed_ms: 1.5,
  model: "m",
};

test("reads the server's frames", () => {
  assert.deepEqual(protocol.parseFromServer(JSON.stringify(ANSWER)), ANSWER);
  assert.equal(protocol.parseFromServer('{"type":"ack","id":"a"}').id, "a");
});

test("passes over frames that lack something", () => {
  for (const change of [{ id: 7 }, { text: null }, { scores: [] }, { scores: [{}] }, { elapsed_ms: null }]) {
    assert.equal(protocol.parseFromServer(JSON.stringify({ ...ANSWER, ...change })), null, JSON.stringify(change));
  }
  for (const frame of ["", "null", "7", '"ack"', '{"type":"constructor"}', '{"type":"ack"}']) {
    assert.equal(protocol.parseFromServer(frame), null, frame);
  }
});

test("draws ids of 128 bits in hexadecimal digits", () => {
  assert.match(protocol.randomId(), /^[0-9a-f]{32}$/);
  assert.notEqual(protocol.randomId(), protocol.randomId());
});

test("replaces halves of surrogate pairs, which the server would refuse", () => {
  assert.equal(protocol.wellFormed("a\uD83D b\uDE00 😀"), "a\uFFFD b\uFFFD 😀");
});

test("counts characters as the server does", () => {
  assert.equal(protocol.countCharacters("가나다 abc"), 7);
  assert.equal(protocol.countCharacters("😀"), 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";

import { cutByWeight } from "../../../../adapters/web/page/highlight.js";

const bytes = (text) => new TextEncoder().encode(text).length;

/** The word's place in the text in bytes of UTF-8, as the server counts. */
function word(text, part, weight) {
  const begin = bytes(text.slice(0, text.indexOf(part)));
  return { begin, end: begin + bytes(part), weight };
}

test("marks the words that weigh most, the heaviest fully", () => {
  const text = "오늘 정말 좋아";
  assert.deepEqual(cutByWeight(text, [word(text, "정말", 0.2), word(text, "좋아", 0.4)]), [
    { text: "오늘 ", share: 0 },
    { text: "정말", share: 0.5 },
    { text: " ", share: 0 },
    { text: "좋아", share: 1 },
  ]);
});

test("counts bytes of every length", () => {
  const text = "a é 한 😀 끝";
  for (const part of ["a", "é", "한", "😀", "끝"]) {
    const marked = cutByWeight(text, [word(text, part, 1)]).filter(({ share }) => share > 0);
    assert.deepEqual(marked, [{ text: part, share: 1 }]);
  }
});

test("leaves light words and those that speak against the emotion unmarked", () => {
  const text = "하나 둘 셋";
  const parts = cutByWeight(text, [word(text, "하나", 1), word(text, "둘", 0.19), word(text, "셋", -1)]);
  assert.deepEqual(parts, [{ text: "하나", share: 1 }, { text: " 둘 셋", share: 0 }]);
});

test("gives the whole text unmarked when nothing weighs", () => {
  assert.deepEqual(cutByWeight("글", []), [{ text: "글", share: 0 }]);
  for (const weight of [0, -1]) {
    assert.deepEqual(cutByWeight("글", [{ begin: 0, end: 3, weight }]), [{ text: "글", share: 0 }]);
  }
});

test("never loses or repeats a character, whatever the offsets are", () => {
  const text = "한글 text 😀";
  const odd = [
    { begin: 1, end: 3, weight: 1 },
    { begin: 0, end: 999, weight: 1 },
    { begin: 6, end: 0, weight: 1 },
    { begin: 0, end: 6, weight: 1 },
    { begin: 3, end: 11, weight: 1 },
    { begin: -5, end: 2.5, weight: 1 },
  ];
  assert.equal(cutByWeight(text, odd).map((part) => part.text).join(""), text);
});

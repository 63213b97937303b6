import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { localeOf, milliseconds, percent, setLocale, t } from "../../../../adapters/web/page/i18n.js";

const folder = new URL("../../../../adapters/web/page/", import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => /\.(js|html)$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

const textsOf = (language) => {
  const source = readFileSync(new URL("i18n.js", folder), "utf8");
  const start = source.indexOf(`  ${language}: {`);
  return [...source.slice(start, source.indexOf("\n  },", start)).matchAll(/^ {4}(\w+):/gm)].map((match) => match[1]);
};

test("says everything in both languages", () => {
  assert.deepEqual(textsOf("ko"), textsOf("en"));
  assert.ok(textsOf("ko").length > 30);
});

test("has every text that the page names", () => {
  const known = new Set(textsOf("ko"));
  const named = sources.flatMap((source) => [
    ...[...source.matchAll(/data-t(?:-label|-placeholder)?="(\w+)"/g)].map((match) => match[1]),
    ...[...source.matchAll(/\bt\("(\w+)"/g)].map((match) => match[1]),
  ]);
  assert.ok(named.length > 20);
  for (const name of named) assert.ok(known.has(name), name);
});

test("speaks Korean to Korean browsers and English to others", () => {
  assert.equal(localeOf(["ko-KR", "en"]), "ko");
  assert.equal(localeOf(["en-US", "ko"]), "en");
  assert.equal(localeOf(["kok"]), "en");
  assert.equal(localeOf([]), "ko");
});

test("falls back to Korean for a language that it does not speak", () => {
  setLocale("constructor");
  assert.equal(t("send"), "보내기");
});

test("writes small probabilities honestly", () => {
  assert.equal(percent(0.714), "71%");
  assert.equal(percent(0.001), "<1%");
  assert.equal(percent(0), "0%");
  assert.equal(percent(1), "100%");
});

test("writes times with a digit where it matters", () => {
  assert.equal(milliseconds(2.345), "2.3");
  assert.equal(milliseconds(1234.5), "1,235");
});

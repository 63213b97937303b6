// The frames of adapters/web/protocol.hpp, as this side of the connection writes and reads them.

export const VERSION = 1;

/** Why the server ended a connection. */
export const CLOSE = { refused: 4000, replaced: 4001 };

export const hello = (conversation, locale) =>
  JSON.stringify({ type: "hello", v: VERSION, conversation, locale });
export const message = (id, text) => JSON.stringify({ type: "message", id, text });
export const explain = (id, text) => JSON.stringify({ type: "explain", id, text });
export const received = (id) => JSON.stringify({ type: "received", id });
export const localeChange = (locale) => JSON.stringify({ type: "locale", locale });

const isText = (value) => typeof value === "string";
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const isScore = (it) => isText(it?.emotion) && isText(it.name) && isNumber(it.probability);
const isWord = (it) => isNumber(it?.begin) && isNumber(it.end) && isNumber(it.weight);

const CHECKS = {
  welcome: (it) => isNumber(it.max_text) && isText(it.model) && isText(it.attribution),
  ack: (it) => isText(it.id),
  answer: (it) =>
    isText(it.id) && isText(it.text) && typeof it.abstained === "boolean" && isNumber(it.elapsed_ms) &&
    Array.isArray(it.scores) && it.scores.length > 0 && it.scores.every(isScore),
  explanation: (it) =>
    isText(it.id) && isText(it.text) && isText(it.emotion) && Array.isArray(it.words) && it.words.every(isWord),
  notice: (it) => isText(it.id) && isText(it.kind) && isText(it.text),
  refused: (it) => isText(it.reason) && isText(it.text),
};

/** The server's message in a frame; null when it is none that this version knows. */
export function parseFromServer(frame) {
  let parsed;
  try {
    parsed = JSON.parse(frame);
  } catch {
    return null;
  }
  const check = Object.hasOwn(CHECKS, parsed?.type) ? CHECKS[parsed.type] : null;
  return check?.(parsed) ? parsed : null;
}

/** `bytes` random bytes in hexadecimal digits. */
export function randomId(bytes = 16) {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, "0")).join("");
}

/** What can be written in UTF-8: halves of surrogate pairs that stand alone become U+FFFD. */
export const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, "\uFFFD");

/** How many characters a text has, as the server counts them. */
export const countCharacters = (text) => [...text].length;

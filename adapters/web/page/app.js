// Puts the page together: the outbox decides, the connection carries, the rest shows.

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { showExamples } from "./examples.js";
import { Exchange } from "./exchange.js";
import { locale, t, translate } from "./i18n.js";
import { Log } from "./log.js";
import { Mood } from "./mood.js";
import { Outbox } from "./outbox.js";
import { startLanguage, startTheme } from "./preferences.js";
import { explain, hello, localeChange, message, randomId, received } from "./protocol.js";
import { Kept } from "./storage.js";

const EXPLANATION_WITHIN_MS = 20_000;
const CONNECTING_IS_SILENT_MS = 1_000;
const MOST_EXCHANGES = 300;

const $ = (id) => document.getElementById(id);

const conversation = ((kept) => {
  const id = /^[0-9a-f]{32}$/.test(kept.get()) ? kept.get() : randomId();
  kept.put(id);
  return id;
})(new Kept("sessionStorage", "conversation"));

const unanswered = new Kept("sessionStorage", "unanswered");
const outbox = new Outbox({
  drawId: () => randomId(8),
  save: (items) => unanswered.put(items),
  saved: unanswered.get() ?? [],
});

const exchanges = new Map(); // by the id of the message
const log = new Log({ scroller: $("log"), list: $("exchanges"), latest: $("latest") });
const mood = new Mood($("mood"));
const composer = new Composer({
  form: $("composer"), text: $("text"), count: $("count"), send: $("send"), onSend: write, onKey: scrollByKey,
});

const connection = new Connection({
  open: () => new WebSocket(new URL("/chat", location.href.replace(/^http/, "ws"))),
  hello: () => hello(conversation, locale()),
  onState: onConnectionState,
  onFrame: (frame) => HANDLERS[frame.type](frame),
});

// --- What the server says

let refusal = null;

const HANDLERS = {
  welcome(frame) {
    composer.setMaxText(frame.max_text);
    $("model").textContent = $("model-name").textContent = frame.model || "–";
    $("attribution").textContent = frame.attribution || "–";
    outbox.onConnected(Date.now()).forEach(sendItem);
    for (const [id, exchange] of exchanges) if (exchange.asksWhy) sendQuestion(id, exchange);
    schedule();
  },
  ack({ id }) {
    showItem(outbox.onAck(id, Date.now()));
  },
  answer(frame) {
    const item = outbox.onAnswer(frame.id);
    // Also for an answer that is here already: the server may not have heard of it.
    if (item) showAnswer(item, frame);
    connection.send(received(frame.id));
    schedule();
  },
  explanation(frame) {
    log.change(() => exchanges.get(frame.id)?.showExplanation(frame));
    $("announcer").textContent = frame.text;
  },
  notice({ id, kind, text }) {
    const exchange = exchanges.get(id);
    if (exchange?.asksWhy) return exchange.showExplanation(null);
    const item = outbox.onNotice(id, kind, Date.now());
    if (item) showItem(item, text);
  },
  refused({ text }) {
    refusal = text;
    showConnection();
  },
};

// --- Messages

function write(text) {
  const item = outbox.add(text);
  show(item);
  sendItem(item);
}

function show(item) {
  $("empty").hidden = true;
  const exchange = new Exchange(item.text, { onWhy: askWhy, onRetry: () => retry(item) });
  exchanges.set(item.id, exchange);
  log.append(exchange);
  showItem(item);
  forgetOldest();
}

function forgetOldest() {
  for (const [id, exchange] of exchanges) {
    if (exchanges.size <= MOST_EXCHANGES) return;
    if (!exchange.answer) continue;
    exchange.element.remove();
    exchanges.delete(id);
  }
}

function sendItem(item) {
  connection.send(message(item.id, item.text), { needsReply: true });
  showItem(item);
}

function retry(item) {
  const exchange = exchanges.get(item.id);
  exchanges.delete(item.id);
  outbox.retry(item);
  exchanges.set(item.id, exchange);
  sendItem(item);
  composer.focus();
}

/** The state of an item on the screen; `notice` when it failed. */
function showItem(item, notice) {
  const exchange = item && exchanges.get(item.id);
  if (!exchange) return;
  log.change(() => {
    if (item.state === "failed") exchange.showNotice(notice, item.mayRetry);
    else exchange.showState(item.state === "sending" && connection.state !== "open" ? "offline" : item.state);
  });
  schedule();
}

function showAnswer(item, answer) {
  const exchange = exchanges.get(item.id);
  if (!exchange) return;
  log.change(() => exchange.showAnswer(answer), { isNews: true });
  mood.add(answer);
  glance();
  $("announcer").textContent = answer.text;
}

// --- "왜?"

function askWhy(exchange) {
  const [id] = [...exchanges].find(([, other]) => other === exchange);
  sendQuestion(id, exchange);
  clearTimeout(exchange.whyTimer);
  exchange.whyTimer = setTimeout(() => exchange.showExplanation(null), EXPLANATION_WITHIN_MS);
}

function sendQuestion(id, exchange) {
  connection.send(explain(id, exchange.text), { needsReply: true });
}

// --- Time

let timer = null;

function schedule() {
  clearTimeout(timer);
  const due = outbox.nextDue();
  if (due !== null) timer = setTimeout(onTime, Math.max(0, due - Date.now()));
}

function onTime() {
  const { resend, failed } = outbox.onTime(Date.now());
  resend.forEach(sendItem);
  for (const item of failed) showItem(item, t("noAnswer"));
  schedule();
}

// --- The connection

let silence = null;

function onConnectionState(state) {
  if (state === "waiting" || state === "replaced") outbox.onDisconnected();
  for (const item of outbox.items) if (item.state !== "failed") showItem(item);
  // A connection that comes at once is not worth a word.
  clearTimeout(silence);
  if (state === "connecting") silence = setTimeout(showConnection, CONNECTING_IS_SILENT_MS);
  else showConnection();
}

function showConnection() {
  const { state } = connection;
  const isFine = state === "open" || state === "stopped";
  const action = { replaced: "continueHere", refused: "reload" }[state];
  document.documentElement.dataset.connection = state;
  $("connection").hidden = isFine;
  $("connection-text").textContent = isFine ? "" : state === "refused" && refusal ? refusal : t(state);
  $("connection-action").hidden = !action;
  $("connection-action").textContent = action ? t(action) : "";
}

$("connection-action").addEventListener("click", () => {
  if (connection.state === "refused") location.reload();
  else connection.restart();
  composer.focus();
});
addEventListener("online", () => connection.hurry());
addEventListener("pageshow", (event) => event.persisted && connection.hurry());
document.addEventListener("visibilitychange", () => document.hidden || connection.hurry());

// --- Small things

/** The eyes look at the answer for a moment. */
function glance() {
  $("eyes").classList.remove("glances");
  requestAnimationFrame(() => $("eyes").classList.add("glances"));
}

function tryExample(text) {
  write(text);
  composer.focus();
}

/** The list scrolls from the composer, so that one need not leave it to read. */
function scrollByKey(event) {
  if (event.key === "PageUp") log.pageUp();
  else if (event.key === "PageDown") log.pageDown();
  else return;
  event.preventDefault();
}

function showLanguage() {
  document.documentElement.lang = locale();
  document.title = t("title");
  translate(document);
  $("language").lang = locale() === "ko" ? "en" : "ko";
  $("language").setAttribute("aria-label", t("toOtherLabel"));
  showExamples($("examples"), tryExample);
  showTheme();
  composer.render();
  mood.render();
  showConnection();
  for (const exchange of exchanges.values()) exchange.render();
  connection.send(localeChange(locale()));
}

startLanguage($("language"), showLanguage);
const showTheme = startTheme($("theme"));
showLanguage();
outbox.items.forEach(show);
connection.restart();
// On a phone the keyboard would cover what is there to be read.
if (matchMedia("(pointer: fine)").matches) composer.focus();

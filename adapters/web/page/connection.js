// Keeps one WebSocket to the server open, for as long as the page lives. It knows of frames only what it needs
// for that: the welcome after the hello, and that some frames must be answered.

import { CLOSE, parseFromServer } from "./protocol.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
// Without a word from the server for so long where one is due, the connection counts as dead.
const WELCOME_WITHIN_MS = 10_000;
const REPLY_WITHIN_MS = 20_000;

/**
 * States:
 *   connecting  a socket opens, or waits for the welcome
 *   open        welcomed: send() works
 *   waiting     until the next attempt, with growing waits
 *   replaced    the conversation goes on elsewhere; only restart() leads out
 *   refused     trying again does not help
 *   stopped     by stop(); restart() leads out
 */
export class Connection {
  #options;
  #state = "stopped";
  #socket = null;
  #timer = null;
  #wait = FIRST_WAIT_MS;

  /**
   * open()        a new WebSocket
   * hello()       the first frame
   * onState(state)
   * onFrame(message)  what parseFromServer returned; never null
   * clock, random     for tests
   */
  constructor({ open, hello, onState, onFrame, clock = globalThis, random = Math.random }) {
    this.#options = { open, hello, onState, onFrame, clock, random };
  }

  get state() {
    return this.#state;
  }

  /** Opens a connection now, in place of the one that is there. */
  restart() {
    this.#abandon();
    this.#enter("connecting");
    const socket = this.#options.open();
    this.#socket = socket;
    const ifCurrent = (action) => (event) => this.#socket === socket && action(event);
    socket.onopen = ifCurrent(() => socket.send(this.#options.hello()));
    socket.onmessage = ifCurrent((event) => this.#onData(event.data));
    socket.onclose = ifCurrent((event) => this.#onClose(event.code));
    this.#expectWithin(WELCOME_WITHIN_MS);
  }

  /** Ends a wait for the next attempt, as the network seems to be back. */
  hurry() {
    if (this.#state === "waiting") this.restart();
  }

  stop() {
    this.#abandon();
    this.#enter("stopped");
  }

  /** False when there is no connection: nothing was sent. `needsReply`: the server answers such a frame. */
  send(frame, { needsReply = false } = {}) {
    if (this.#state !== "open") return false;
    this.#socket.send(frame);
    if (needsReply && this.#timer === null) this.#expectWithin(REPLY_WITHIN_MS);
    return true;
  }

  #onData(data) {
    const message = parseFromServer(data);
    if (message === null) return;
    this.#clearTimer();
    if (message.type === "welcome") {
      this.#wait = FIRST_WAIT_MS;
      this.#enter("open");
    } else if (message.type === "refused") {
      this.#abandon();
      this.#enter("refused");
    }
    this.#options.onFrame(message);
  }

  #onClose(code) {
    if (code === CLOSE.replaced) return this.#settle("replaced");
    if (code === CLOSE.refused) return this.#settle("refused");
    this.#retryLater();
  }

  #settle(state) {
    this.#abandon();
    this.#enter(state);
  }

  #retryLater() {
    this.#abandon();
    const { clock, random } = this.#options;
    const wait = this.#wait * (0.5 + random() / 2);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#timer = clock.setTimeout(() => this.restart(), wait);
    this.#enter("waiting");
  }

  #expectWithin(milliseconds) {
    this.#clearTimer();
    this.#timer = this.#options.clock.setTimeout(() => this.#retryLater(), milliseconds);
  }

  /** A socket that is dead may take minutes to say so; from here on it is not listened to. */
  #abandon() {
    this.#clearTimer();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #clearTimer() {
    if (this.#timer !== null) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #enter(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

// The messages that have no answer yet: none is lost and none is answered twice. Decides without I/O what is to
// be sent when; time comes in with each call.
//
// An item is {id, text, state, acked}; its states:
//   sending   not acknowledged; sent again after each reconnection
//   resting   the server asked for a pause; sent again by itself at its time
//   handled   acknowledged: the server will not forget it; waits for the answer
//   answered  done; no longer kept
//   failed    no answer will come; stays for retry()

const ANSWER_WITHIN_MS = 20_000;
const FIRST_REST_MS = 1_000;
const MOST_RESTS = 6;

const PASSES_BY_ITSELF = new Set(["too_fast", "overloaded"]);
const MAY_BE_RETRIED = new Set(["too_fast", "overloaded", "failed", "no_answer"]);

export class Outbox {
  #items = new Map();
  #drawId;
  #save;

  /**
   * drawId()     a new id for a message
   * save(items)  keeps [{id, text, acked}], what is unanswered, for a reload of the page
   * saved        what save() got last
   */
  constructor({ drawId, save = () => {}, saved = [] }) {
    this.#drawId = drawId;
    this.#save = save;
    for (const { id, text, acked } of saved) this.#put({ id, text, acked, state: acked ? "handled" : "sending" });
  }

  get items() {
    return [...this.#items.values()];
  }

  add(text) {
    const item = this.#put({ id: this.#drawId(), text, acked: false, state: "sending" });
    this.#keep();
    return item;
  }

  /** What is to be sent on a connection that was just welcomed. */
  onConnected(now) {
    for (const item of this.#items.values()) {
      if (item.state === "handled") item.due = now + ANSWER_WITHIN_MS;
    }
    return this.items.filter((item) => item.state === "sending");
  }

  /** Without a connection nobody can answer, so no time runs out. */
  onDisconnected() {
    for (const item of this.#items.values()) {
      if (item.state === "handled") item.due = null;
      // The next connection has a limit of its own.
      if (item.state === "resting") this.#enter(item, "sending");
    }
  }

  /** The item; null when there is nothing to change. */
  onAck(id, now) {
    const item = this.#items.get(id);
    if (!item || item.acked) return null;
    item.acked = true;
    this.#enter(item, "handled", now + ANSWER_WITHIN_MS);
    this.#keep();
    return item;
  }

  /** The item that is answered now; null when it has its answer already, or is none of this page's. */
  onAnswer(id) {
    const item = this.#items.get(id);
    if (!item) return null;
    this.#items.delete(id);
    this.#enter(item, "answered");
    this.#keep();
    return item;
  }

  /** The item that gets no answer, at least for now. */
  onNotice(id, kind, now) {
    const item = this.#items.get(id);
    if (!item) return null;
    if (!item.acked && PASSES_BY_ITSELF.has(kind) && item.rests < MOST_RESTS) {
      this.#enter(item, "resting", now + FIRST_REST_MS * 2 ** item.rests);
      item.rests += 1;
    } else {
      this.#fail(item, kind);
    }
    return item;
  }

  /** When onTime() is to be called; null when nothing waits. */
  nextDue() {
    const times = this.items.map((item) => item.due).filter((due) => due !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** What is to be sent again now, and what waited too long for its answer. */
  onTime(now) {
    const resend = [];
    const failed = [];
    for (const item of this.#items.values()) {
      if (item.due === null || item.due > now) continue;
      if (item.state === "resting") {
        this.#enter(item, "sending");
        resend.push(item);
      } else {
        this.#fail(item, "no_answer");
        failed.push(item);
      }
    }
    return { resend, failed };
  }

  /**
   * The person wants to try once more. A message that the server has handled gets a new id, because under the
   * old one it would be passed over.
   */
  retry(item) {
    if (item.state !== "failed") return;
    this.#items.delete(item.id);
    if (item.acked) item.id = this.#drawId();
    item.acked = false;
    this.#put(item);
    this.#enter(item, "sending");
    this.#keep();
  }

  #put(item) {
    item.rests = 0;
    item.due ??= null;
    item.mayRetry = false;
    this.#items.set(item.id, item);
    return item;
  }

  #enter(item, state, due = null) {
    item.state = state;
    item.due = due;
  }

  #fail(item, kind) {
    this.#enter(item, "failed");
    item.mayRetry = MAY_BE_RETRIED.has(kind);
    if (!item.mayRetry) this.#items.delete(item.id);
    this.#keep();
  }

  #keep() {
    const unanswered = this.items.filter((item) => item.state !== "failed");
    this.#save(unanswered.map(({ id, text, acked }) => ({ id, text, acked })));
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";

import { Connection } from "../../../../adapters/web/page/connection.js";

/** setTimeout whose time passes when the test says so. */
class FakeClock {
  now = 0;
  #timers = new Map();
  #next = 1;

  setTimeout = (action, delay) => {
    this.#timers.set(this.#next, { action, at: this.now + delay });
    return this.#next++;
  };

  clearTimeout = (id) => this.#timers.delete(id);

  advance(milliseconds) {
    this.now += milliseconds;
    for (const [id, { action, at }] of [...this.#timers]) {
      if (at > this.now || !this.#timers.delete(id)) continue;
      action();
    }
  }
}

class FakeSocket {
  sent = [];
  isClosed = false;
  send = (frame) => this.sent.push(JSON.parse(frame));
  close = () => (this.isClosed = true);
  hear = (message) => this.onmessage({ data: JSON.stringify(message) });
}

const WELCOME = { type: "welcome", v: 1, max_text: 2000, model: "m", attribution: "a" };

function scene({ random = () => 1 } = {}) {
  const it = { clock: new FakeClock(), sockets: [], states: [], frames: [] };
  it.connection = new Connection({
    open: () => it.sockets[it.sockets.push(new FakeSocket()) - 1],
    hello: () => JSON.stringify({ type: "hello" }),
    onState: (state) => it.states.push(state),
    onFrame: (frame) => it.frames.push(frame.type),
    clock: it.clock,
    random,
  });
  it.socket = () => it.sockets.at(-1);
  it.open = () => {
    it.connection.restart();
    it.socket().onopen();
    it.socket().hear(WELCOME);
  };
  return it;
}

test("says hello when the socket opens, and is open after the welcome", () => {
  const it = scene();
  it.connection.restart();
  assert.equal(it.connection.send("{}"), false);
  it.socket().onopen();
  assert.deepEqual(it.socket().sent, [{ type: "hello" }]);
  assert.equal(it.connection.state, "connecting");
  it.socket().hear(WELCOME);
  assert.deepEqual(it.states, ["connecting", "open"]);
  assert.equal(it.connection.send('{"type":"message"}'), true);
  assert.equal(it.socket().sent.length, 2);
});

test("waits longer after each failure, up to a limit", () => {
  const it = scene();
  it.connection.restart();
  const waits = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    it.socket().onclose({ code: 1006 });
    const attempts = it.sockets.length;
    let waited = 0;
    while (it.sockets.length === attempts) {
      it.clock.advance(100);
      waited += 100;
    }
    waits.push(waited);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("draws its waits, so that many pages do not return at once", () => {
  const it = scene({ random: () => 0 });
  it.connection.restart();
  it.socket().onclose({ code: 1006 });
  it.clock.advance(249);
  assert.equal(it.sockets.length, 1);
  it.clock.advance(1);
  assert.equal(it.sockets.length, 2);
});

test("begins with short waits again after a welcome", () => {
  const it = scene();
  it.connection.restart();
  it.socket().onclose({ code: 1006 });
  it.clock.advance(500);
  it.socket().onclose({ code: 1006 });
  it.clock.advance(1000);
  it.socket().onopen();
  it.socket().hear(WELCOME);
  it.socket().onclose({ code: 1001 });
  it.clock.advance(500);
  assert.equal(it.sockets.length, 4);
});

test("comes back at once when the network does", () => {
  const it = scene();
  it.open();
  it.connection.hurry();
  assert.equal(it.sockets.length, 1);
  it.socket().onclose({ code: 1006 });
  it.connection.hurry();
  assert.equal(it.sockets.length, 2);
  it.clock.advance(9_999);
  assert.equal(it.sockets.length, 2, "the wait that was cut short must not fire");
});

test("stays away when the conversation goes on elsewhere", () => {
  const it = scene();
  it.open();
  it.socket().onclose({ code: 4001 });
  it.clock.advance(3_600_000);
  it.connection.hurry();
  assert.equal(it.connection.state, "replaced");
  assert.equal(it.sockets.length, 1);
  it.connection.restart();
  assert.equal(it.sockets.length, 2);
});

test("stays away when it is refused, and passes the reason on", () => {
  const it = scene();
  it.open();
  it.socket().hear({ type: "refused", reason: "version", text: "새로고침" });
  it.clock.advance(3_600_000);
  assert.equal(it.connection.state, "refused");
  assert.deepEqual(it.frames, ["welcome", "refused"]);
  assert.equal(it.sockets.length, 1);
});

test("gives a socket up that brings no welcome", () => {
  const it = scene();
  it.connection.restart();
  const [silent] = it.sockets;
  it.clock.advance(10_000);
  assert.equal(silent.isClosed, true);
  assert.equal(it.connection.state, "waiting");
  silent.onopen();
  silent.hear(WELCOME);
  assert.deepEqual(silent.sent, [], "an abandoned socket is not listened to");
  assert.equal(it.connection.state, "waiting");
});

test("gives a connection up on which a reply is overdue", () => {
  const it = scene();
  it.open();
  it.connection.send("{}", { needsReply: true });
  it.clock.advance(15_000);
  it.connection.send("{}", { needsReply: true });
  it.clock.advance(4_999);
  assert.equal(it.connection.state, "open");
  it.clock.advance(1);
  assert.equal(it.connection.state, "waiting");
});

test("holds on to a connection that replies, or that needs to say nothing", () => {
  const it = scene();
  it.open();
  it.connection.send("{}", { needsReply: true });
  it.socket().hear({ type: "ack", id: "a" });
  it.connection.send("{}");
  it.clock.advance(3_600_000);
  assert.equal(it.connection.state, "open");
});

test("passes over what it does not understand", () => {
  const it = scene();
  it.open();
  for (const data of ["", "{", "null", "[]", '{"type":"toString"}', '{"type":"ack"}']) it.socket().onmessage({ data });
  assert.deepEqual(it.frames, ["welcome"]);
});

// The two programs that the browser tests run against, behind one interface:
//   url      http://127.0.0.1:PORT
//   down()   dies at once, as by kill -9
//   up()     starts again on the same port
//   stop()   for good

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const START_WITHIN_MS = 60_000;

/** Lines of a stream, one by one, each within a time. */
class Lines {
  #waiting = [];
  #come = [];

  constructor(stream) {
    createInterface({ input: stream }).on("line", (line) => {
      const taker = this.#waiting.shift();
      if (taker) taker(line);
      else this.#come.push(line);
    });
  }

  next(what) {
    if (this.#come.length > 0) return Promise.resolve(this.#come.shift());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${what} within ${START_WITHIN_MS} ms`)), START_WITHIN_MS);
      this.#waiting.push((line) => {
        clearTimeout(timer);
        resolve(line);
      });
    });
  }

  async matching(pattern, what) {
    for (;;) {
      const match = (await this.next(what)).match(pattern);
      if (match) return match;
    }
  }
}

/** web_probe: the adapter and the server with a scripted core. */
export class Probe {
  static isThere = (folder) => existsSync(join(folder, "web_probe"));

  static async start(folder) {
    const probe = new Probe();
    probe.process = spawn(join(folder, "web_probe"), { stdio: ["pipe", "pipe", "inherit"] });
    probe.lines = new Lines(probe.process.stdout);
    [probe.url] = await probe.lines.matching(/^http:.*$/, "address of web_probe");
    return probe;
  }

  async tell(command) {
    this.process.stdin.write(`${command}\n`);
    await this.lines.matching(new RegExp(`^done ${command}$`), `end of '${command}'`);
  }

  async stats() {
    this.process.stdin.write("stats\n");
    const [line] = await this.lines.matching(/^\{.*\}$/, "stats");
    return JSON.parse(line);
  }

  down = () => this.tell("down");
  up = () => this.tell("up");
  release = () => this.tell("release");

  async stop() {
    this.process.stdin.write("quit\n");
    await once(this.process, "exit");
  }
}

/** nunchi run: the whole program, with the bundled model and a state folder of its own. */
export class Program {
  static isThere = (folder) => existsSync(join(folder, "nunchi"));

  static async start(folder) {
    const program = new Program();
    program.path = join(folder, "nunchi");
    program.state = mkdtempSync(join(tmpdir(), "nunchi-browser-"));
    program.port = 0;
    await program.up();
    return program;
  }

  async up() {
    const settings = {
      NUNCHI_HTTP_PORT: String(this.port),
      XDG_STATE_HOME: this.state,
      XDG_CONFIG_HOME: this.state,
      OMP_WAIT_POLICY: "passive",
    };
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith("NUNCHI_"));
    this.process = spawn(this.path, ["run"], {
      env: { ...Object.fromEntries(ours), ...settings },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const both = new Lines(this.process.stdout);
    const errors = new Lines(this.process.stderr);
    const address = /http:\/\/127\.0\.0\.1:(\d+)/;
    const [url, port] = await Promise.any([
      both.matching(address, "address of nunchi run"),
      errors.matching(address, "address of nunchi run"),
    ]);
    this.url = url;
    this.port = Number(port);
  }

  async down() {
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }

  async stop() {
    this.process.kill("SIGTERM");
    await once(this.process, "exit");
    rmSync(this.state, { recursive: true, force: true });
  }
}

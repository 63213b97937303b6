// The little that is kept on the person's own device. A browser may forbid it; then nothing is kept.

/** Values of JSON under one key, in sessionStorage (ends with the tab) or localStorage. */
export class Kept {
  #area;
  #key;

  constructor(area, key) {
    this.#area = area;
    this.#key = `nunchi.${key}`;
  }

  get() {
    try {
      return JSON.parse(globalThis[this.#area].getItem(this.#key));
    } catch {
      return null;
    }
  }

  put(value) {
    try {
      globalThis[this.#area].setItem(this.#key, JSON.stringify(value));
    } catch {
      // Full or forbidden: the page works without it until it is reloaded.
    }
  }
}

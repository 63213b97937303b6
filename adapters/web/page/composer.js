// Where one writes: Enter sends, Shift+Enter makes a new line, and an input method is never interrupted.

import { t } from "./i18n.js";
import { countCharacters, wellFormed } from "./protocol.js";

const WARN_BELOW = 200;

export class Composer {
  #form;
  #text;
  #count;
  #send;
  #onSend;
  #onKey;
  #maxText = 2000;

  /** onSend(text) takes what was written; onKey(event) may use keys that the composer does not need. */
  constructor({ form, text, count, send, onSend, onKey }) {
    this.#form = form;
    this.#text = text;
    this.#count = count;
    this.#send = send;
    this.#onSend = onSend;
    this.#onKey = onKey;
    form.addEventListener("submit", (event) => this.#submit(event));
    text.addEventListener("keydown", (event) => this.#onKeyDown(event));
    text.addEventListener("input", () => this.render());
    this.render();
  }

  setMaxText(characters) {
    this.#maxText = characters;
    this.render();
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  render() {
    const left = this.#maxText - countCharacters(this.#written());
    this.#count.textContent = left < 0 ? t("over", -left) : left < WARN_BELOW ? t("left", left) : "";
    this.#count.classList.toggle("is-over", left < 0);
    this.#text.setAttribute("aria-invalid", String(left < 0));
    // Not disabled: a button that loses the focus while one types would send the keyboard elsewhere.
    this.#send.setAttribute("aria-disabled", String(left < 0 || this.#written() === ""));
    this.#fitHeight();
  }

  #written() {
    return wellFormed(this.#text.value.trim());
  }

  #fitHeight() {
    this.#text.style.setProperty("height", "auto");
    this.#text.style.setProperty("height", `${this.#text.scrollHeight}px`);
  }

  #onKeyDown(event) {
    // 229: Safari ends the composition before it tells of the key.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else {
      this.#onKey(event);
    }
  }

  #submit(event) {
    event.preventDefault();
    const written = this.#written();
    this.focus();
    if (written === "" || countCharacters(written) > this.#maxText) return;
    this.#text.value = "";
    this.render();
    this.#onSend(written);
  }
}

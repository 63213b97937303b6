// One message of the person and what came of it: a bubble, and below it the card of the answer.

import { ABSTAINED_EMOJI, emojiOf } from "./emotions.js";
import { cutByWeight } from "./highlight.js";
import { milliseconds, percent, t, translate } from "./i18n.js";

const EMOTIONS = 7;
const STATES = {
  sending: "stateSending",
  offline: "stateOffline",
  resting: "stateResting",
  handled: "stateHandled",
  answered: "stateAnswered",
  failed: "stateFailed",
};

const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export class Exchange {
  #parts;
  #state = "sending";
  #answer = null;
  #notice = null;
  #explanation = null; // null, "waiting", "failed", or what the server said
  whyTimer = null; // of whoever asks: ends the wait for an explanation

  /** onWhy(exchange) asks for the explanation, onRetry(exchange) sends the message once more. */
  constructor(text, { onWhy, onRetry }) {
    this.text = text;
    this.element = clone("exchange-template");
    const part = (name) => this.element.querySelector(`.${name}`);
    this.#parts = {
      state: part("state"), text: part("text"), card: part("card"), face: part("face"), words: part("words"),
      bars: part("bars"), why: part("why"), retry: part("retry"), took: part("took"), reason: part("reason"),
    };
    this.#parts.text.textContent = text;
    this.#parts.bars.append(...Array.from({ length: EMOTIONS }, () => clone("bar-template")));
    this.#parts.why.addEventListener("click", () => this.#toggleWhy(onWhy));
    this.#parts.retry.addEventListener("click", () => onRetry(this));
    this.render();
  }

  get answer() {
    return this.#answer;
  }

  get asksWhy() {
    return this.#explanation === "waiting";
  }

  /** A state of the outbox, or "offline". */
  showState(state) {
    this.#state = state;
    if (state !== "failed") this.#notice = null;
    this.render();
  }

  showAnswer(answer) {
    this.#state = "answered";
    this.#answer = answer;
    this.#notice = null;
    this.render();
  }

  /** Why no answer comes; `mayRetry` offers to send it again. */
  showNotice(text, mayRetry) {
    this.#state = "failed";
    this.#notice = { text, mayRetry };
    this.render();
  }

  /** What the server said about the words; null when it could not say anything. */
  showExplanation(explanation) {
    if (this.#explanation !== "waiting") return;
    this.#explanation = explanation ?? "failed";
    this.render();
  }

  /** Everything from what is known, in the current language. */
  render() {
    const { state, card } = this.#parts;
    translate(this.element);
    state.textContent = t(STATES[this.#state]);
    this.element.dataset.state = this.#state;
    card.hidden = this.#state === "offline";
    this.#renderWords();
    this.#renderBars();
    this.#renderUnder();
    this.#renderText();
  }

  #renderWords() {
    const { face, words, card } = this.#parts;
    const answer = this.#answer;
    const top = answer?.scores[0];
    if (answer) words.textContent = answer.text;
    else words.textContent = this.#notice ? this.#notice.text : t("reading");
    face.textContent = top ? (answer.abstained ? ABSTAINED_EMOJI : emojiOf(top.emotion)) : "";
    this.element.dataset.emotion = top && !answer.abstained ? top.emotion : "";
    card.classList.toggle("is-waiting", !answer && !this.#notice);
    card.classList.toggle("is-notice", this.#notice !== null);
  }

  #renderBars() {
    const { bars } = this.#parts;
    bars.hidden = this.#notice !== null;
    this.#answer?.scores.slice(0, EMOTIONS).forEach((score, index) => {
      const bar = bars.children[index];
      bar.dataset.emotion = score.emotion;
      bar.querySelector(".name").textContent = score.name;
      bar.querySelector(".value").textContent = percent(score.probability);
      bar.querySelector(".fill").style.setProperty("--share", String(score.probability));
    });
    bars.ariaHidden = this.#answer ? null : "true";
  }

  #renderUnder() {
    const { why, retry, took, reason } = this.#parts;
    const explanation = this.#explanation;
    why.hidden = this.#notice !== null;
    why.disabled = !this.#answer;
    why.setAttribute("aria-expanded", String(explanation !== null));
    retry.hidden = !this.#notice?.mayRetry;
    took.textContent = this.#answer ? t("took", milliseconds(this.#answer.elapsed_ms)) : "";
    reason.hidden = explanation === null;
    if (explanation === "waiting") reason.textContent = t("whyWaiting");
    else if (explanation === "failed") reason.textContent = t("whyFailed");
    else reason.textContent = explanation?.text ?? "";
  }

  #renderText() {
    const words = this.#explanation?.words;
    if (!words) {
      this.#parts.text.textContent = this.text;
      return;
    }
    const pieces = cutByWeight(this.text, words).map(({ text, share }) => {
      if (share === 0) return text;
      const mark = document.createElement("mark");
      mark.textContent = text;
      mark.style.setProperty("--share", share.toFixed(2));
      return mark;
    });
    this.#parts.text.replaceChildren(...pieces);
  }

  #toggleWhy(onWhy) {
    if (this.#explanation === null || this.#explanation === "failed") {
      this.#explanation = "waiting";
      onWhy(this);
    } else {
      this.#explanation = null;
    }
    this.render();
  }
}

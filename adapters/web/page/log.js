// The list of exchanges: it stays at its end while the person reads there, and lets go when they scroll up.

const NEAR_END_PX = 80;

export class Log {
  #scroller;
  #list;
  #latest;
  #isAtEnd = true;

  constructor({ scroller, list, latest }) {
    this.#scroller = scroller;
    this.#list = list;
    this.#latest = latest;
    scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    latest.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.#isAtEnd && this.toEnd()).observe(scroller);
  }

  /** Adds the person's own message and shows it. */
  append(exchange) {
    this.#list.append(exchange.element);
    this.toEnd();
  }

  /** Runs what changes an exchange, and keeps the end in view when it was there; else `isNews` offers the way. */
  change(action, { isNews = false } = {}) {
    const wasAtEnd = this.#isAtEnd;
    action();
    if (wasAtEnd) this.toEnd();
    else if (isNews) this.#latest.hidden = false;
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#isAtEnd = true;
    this.#latest.hidden = true;
  }

  pageUp() {
    this.#scroller.scrollBy({ top: -this.#scroller.clientHeight * 0.85 });
  }

  pageDown() {
    this.#scroller.scrollBy({ top: this.#scroller.clientHeight * 0.85 });
  }

  #onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#isAtEnd) this.#latest.hidden = true;
  }
}

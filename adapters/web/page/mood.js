// The air in the room: the page takes on the colour of what was read last, and a line under the header shows how
// it went so far.

import { t } from "./i18n.js";

const MOST_MARKS = 48;

export class Mood {
  #line;
  #readings = []; // of the line, the newest last: {emotion, name}

  constructor(line) {
    this.#line = line;
  }

  add({ abstained, scores }) {
    const [top] = scores;
    const reading = abstained ? { emotion: "", name: t("abstained") } : top;
    this.#readings = [...this.#readings, reading].slice(-MOST_MARKS);
    const mark = document.createElement("span");
    mark.dataset.emotion = reading.emotion;
    this.#line.append(mark);
    while (this.#line.childElementCount > MOST_MARKS) this.#line.firstElementChild.remove();
    document.documentElement.dataset.mood = reading.emotion;
    this.render();
  }

  render() {
    const counts = new Map();
    for (const { name } of this.#readings) counts.set(name, (counts.get(name) ?? 0) + 1);
    const list = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => t("times", name, count));
    this.#line.setAttribute("aria-label", t("mood", list.join(", ")));
    this.#line.hidden = this.#readings.length === 0;
  }
}

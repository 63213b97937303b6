// What holds for the page in every size, colour and language.

import assert from "node:assert/strict";

/** Nothing is wider than the window. */
export async function assertNoHorizontalScroll(visit) {
  const tooWide = await visit.page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll("main, .card, .bubble, .dock, .top")]
      .filter((it) => it.scrollWidth > it.clientWidth + 1 || it.getBoundingClientRect().right > innerWidth + 1)
      .map((it) => `${it.tagName}.${it.className}`));
  assert.deepEqual(tooWide, []);
}

export async function assertTouchable(visit) {
  const tooSmall = await visit.page.evaluate(() =>
    [...document.querySelectorAll("button, summary, textarea")]
      .map((it) => ({ name: it.id || it.className, box: it.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
      .map(({ name, box }) => `${name} ${box.width}x${box.height}`));
  assert.deepEqual(tooSmall, []);
}

/** Every text stands out from what lies behind it: WCAG's ratio of 4.5. */
export async function assertContrast(visit) {
  const ratios = await visit.page.evaluate(contrasts);
  assert.ok(ratios.length > 20);
  assert.deepEqual(ratios.filter(({ ratio }) => ratio < 4.5), []);
}

/** Runs in the page: text against what lies behind it, by WCAG's formula. */
function contrasts() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const isText = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  return [...document.querySelectorAll("body *")]
    .filter((it) => isText(it) && it.checkVisibility() && !it.closest(".unseen, .face, template"))
    .map((it) => {
      const behind = [];
      for (let at = it; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
      const [back, front] = [paint(behind), paint([...behind, getComputedStyle(it).color])].map(luminance);
      const ratio = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
      return { text: `${it.tagName}.${it.className || it.id}`, ratio: Math.round(ratio * 100) / 100 };
    });
}

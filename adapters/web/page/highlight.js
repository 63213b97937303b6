// From the weights of words to the parts of a text that are shown marked.

// Words that weigh less than this part of the heaviest are not marked: marking all would say nothing.
const LEAST_SHARE = 0.2;

/** The place in a JavaScript string for each count of UTF-8 bytes at a character's border. */
function indexOfBytes(text) {
  const places = new Map([[0, 0]]);
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    const code = character.codePointAt(0);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    index += character.length;
    places.set(bytes, index);
  }
  return places;
}

/**
 * Cuts the text into [{text, share}] in its order; share is 0 where nothing is marked, else the word's weight
 * as a part of the heaviest one's, up to 1. Words that do not fit the text are passed over.
 */
export function cutByWeight(text, words) {
  const places = indexOfBytes(text);
  const heaviest = Math.max(0, ...words.map((word) => word.weight));
  const parts = [];
  let end = 0;
  const cutTo = (to, share) => {
    if (to > end) parts.push({ text: text.slice(end, to), share });
    end = Math.max(end, to);
  };
  for (const word of [...words].sort((a, b) => a.begin - b.begin)) {
    const from = places.get(word.begin);
    const to = places.get(word.end);
    if (from === undefined || to === undefined || word.weight <= 0) continue;
    const share = word.weight / heaviest;
    if (share < LEAST_SHARE) continue;
    cutTo(from, 0);
    cutTo(to, share);
  }
  cutTo(text.length, 0);
  return parts;
}

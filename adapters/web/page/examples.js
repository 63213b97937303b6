// What the empty page offers to tap. The sentences are Korean in every language, as that is what is read here.

import { locale } from "./i18n.js";

const EXAMPLES = [
  { emotion: "happiness", text: "드디어 합격했어! 너무 기뻐서 눈물이 나", gloss: "I finally passed! I'm so happy I could cry" },
  { emotion: "sadness", text: "키우던 강아지가 떠나서 너무 슬퍼", gloss: "My dog is gone and I'm so sad" },
  { emotion: "surprise", text: "헐 진짜? 그게 정말이야?", gloss: "What, really? Is that true?" },
];

function makeButton({ emotion, text, gloss }, onChoose) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.emotion = emotion;
  const sentence = document.createElement("span");
  sentence.lang = "ko";
  sentence.textContent = text;
  button.append(sentence);
  if (locale() !== "ko") {
    const meaning = document.createElement("small");
    meaning.textContent = gloss;
    button.append(meaning);
  }
  button.addEventListener("click", () => onChoose(text));
  return button;
}

/** Fills the list in the current language. */
export function showExamples(list, onChoose) {
  const entries = EXAMPLES.map((example) => {
    const entry = document.createElement("li");
    entry.append(makeButton(example, onChoose));
    return entry;
  });
  list.replaceChildren(...entries);
}

// What the empty page offers to tap. The sentences are Korean in every language, as that is what is read here.

import { locale } from "./i18n.js";

const EXAMPLES = [
  { emotion: "happiness", text: "드디어 합격했어! 너무 기뻐서 눈물이 나", gloss: "I finally passed! I'm so happy I could cry" },
  { emotion: "anger", text: "약속을 또 어기다니, 정말 너무한 거 아니야?", gloss: "You broke your promise again. How could you?" },
  { emotion: "fear", text: "밤길에 누가 자꾸 따라오는 것 같아", gloss: "I think somebody is following me in the dark" },
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

// What each emotion looks like; its colour is in style.css under [data-emotion].

const EMOJI = {
  fear: "😨",
  surprise: "😮",
  anger: "😠",
  sadness: "😢",
  neutral: "😐",
  happiness: "😊",
  disgust: "🤢",
};

export const emojiOf = (emotion) => EMOJI[emotion] ?? "💬";
export const ABSTAINED_EMOJI = "🤔";

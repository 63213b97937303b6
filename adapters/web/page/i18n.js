// What the page says, in Korean and in English.

const TEXTS = {
  ko: {
    title: "눈치 — 글 속의 감정을 읽어요",
    name: "눈치",
    connecting: "연결하는 중이에요",
    waiting: "다시 연결하는 중이에요. 쓴 글은 그대로 있어요.",
    replaced: "이 대화는 다른 창에서 이어지고 있어요.",
    refused: "연결할 수 없어요.",
    continueHere: "여기서 계속하기",
    reload: "새로고침",
    toOther: "English",
    toOtherLabel: "Switch to English",
    themeAuto: "화면 밝기: 기기 설정대로",
    themeLight: "화면 밝기: 밝게",
    themeDark: "화면 밝기: 어둡게",
    log: "대화",
    emptyTitle: "오늘, 무슨 일이 있었나요?",
    emptyText: "한 줄 적어 주시면 그 안에 담긴 감정을 일곱 가지로 읽어 드려요.",
    examples: "이런 말로 시작해 보세요",
    keys: "Enter로 보내고, Shift + Enter로 줄을 바꿔요.",
    placeholder: "하고 싶은 말을 입력해 주세요",
    message: "메시지",
    send: "보내기",
    left: (count) => `${count.toLocaleString("ko")}자 남음`,
    over: (count) => `${count.toLocaleString("ko")}자 넘침`,
    latest: "새 답 보기",
    mine: "내가 쓴 글",
    answer: "눈치의 답",
    stateSending: "보내는 중",
    stateOffline: "연결되면 보낼게요",
    stateResting: "곧 다시 보낼게요",
    stateHandled: "전달됨",
    stateAnswered: "읽음",
    stateFailed: "답 없음",
    reading: "읽고 있어요",
    probabilities: "일곱 감정의 확률",
    abstained: "판단을 미뤘어요",
    took: (milliseconds) => `${milliseconds} ms 걸림`,
    why: "왜?",
    whyLabel: "왜 이렇게 읽었는지 보기",
    whyWaiting: "살펴보는 중…",
    whyFailed: "지금은 까닭을 알 수 없어요. 잠시 뒤에 다시 눌러 주세요.",
    noAnswer: "답을 받지 못했어요.",
    retry: "다시 보내기",
    mood: (list) => `지금까지의 분위기: ${list}`,
    times: (name, count) => `${name} ${count}번`,
    privacy: "여기 쓴 글은 저장되지 않습니다",
    about: "모델과 출처",
    model: "모델",
    source: "출처",
    caution: "AI가 추정한 결과예요. 틀릴 수 있으니 사람을 판단하는 데 쓰지 마세요.",
    kept: "글은 이 창의 메모리에만 있고, 새로고침하면 사라져요. 아직 답을 받지 못한 글만 이 탭이 잠시 기억해요.",
  },
  en: {
    title: "Nunchi — reads the emotion in Korean text",
    name: "Nunchi",
    connecting: "Connecting",
    waiting: "Reconnecting. Nothing you wrote is lost.",
    replaced: "This conversation goes on in another window.",
    refused: "The connection was refused.",
    continueHere: "Continue here",
    reload: "Reload",
    toOther: "한국어",
    toOtherLabel: "한국어로 바꾸기",
    themeAuto: "Brightness: as the device",
    themeLight: "Brightness: light",
    themeDark: "Brightness: dark",
    log: "Conversation",
    emptyTitle: "How was your day?",
    emptyText: "Write a line in Korean, and Nunchi reads which of seven emotions is in it.",
    examples: "Start with one of these",
    keys: "Enter sends, Shift + Enter starts a new line.",
    placeholder: "Write something in Korean",
    message: "Message",
    send: "Send",
    left: (count) => `${count.toLocaleString("en")} left`,
    over: (count) => `${count.toLocaleString("en")} too many`,
    latest: "New answer",
    mine: "You wrote",
    answer: "Nunchi's answer",
    stateSending: "Sending",
    stateOffline: "Sent once connected",
    stateResting: "Sent again shortly",
    stateHandled: "Delivered",
    stateAnswered: "Read",
    stateFailed: "No answer",
    reading: "Reading",
    probabilities: "Probabilities of the seven emotions",
    abstained: "Undecided",
    took: (milliseconds) => `took ${milliseconds} ms`,
    why: "Why?",
    whyLabel: "Show why it was read like this",
    whyWaiting: "Looking into it…",
    whyFailed: "The reason cannot be told right now. Try again in a moment.",
    noAnswer: "No answer came.",
    retry: "Send again",
    mood: (list) => `The mood so far: ${list}`,
    times: (name, count) => `${name} ${count}×`,
    privacy: "What you write here is not stored",
    about: "Model and sources",
    model: "Model",
    source: "Source",
    caution: "An estimate made by AI. It can be wrong; do not judge people by it.",
    kept: "Your text lives in the memory of this window and is gone after a reload. Only what has no answer yet is kept by this tab for a while.",
  },
};

let current = "ko";

export const locale = () => current;

export function setLocale(next) {
  current = Object.hasOwn(TEXTS, next) ? next : "ko";
}

/** The language to begin with: Korean for Korean browsers, English for all others. */
export const localeOf = (languages) => (/^ko\b/i.test(languages[0] ?? "ko") ? "ko" : "en");

/** A text of the current language; texts with places take their arguments. */
export function t(key, ...args) {
  const text = TEXTS[current][key];
  return typeof text === "function" ? text(...args) : text;
}

/** Fills the elements below `root` that name a text: data-t its content, data-t-label its accessible name. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel));
  }
  for (const element of root.querySelectorAll("[data-t-placeholder]")) {
    element.placeholder = t(element.dataset.tPlaceholder);
  }
}

export const percent = (probability) => {
  const value = Math.round(probability * 100);
  return value === 0 && probability > 0 ? "<1%" : `${value}%`;
};

export const milliseconds = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString(current));

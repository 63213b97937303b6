// The two switches of the header: language and brightness. What is chosen stays on the device.

import { locale, localeOf, setLocale, t } from "./i18n.js";
import { Kept } from "./storage.js";

const THEMES = ["auto", "light", "dark"];
const THEME_LABELS = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };

export function startLanguage(button, onChange) {
  const kept = new Kept("localStorage", "locale");
  setLocale(kept.get() ?? localeOf(navigator.languages));
  button.addEventListener("click", () => {
    setLocale(locale() === "ko" ? "en" : "ko");
    kept.put(locale());
    onChange();
  });
}

export function startTheme(button) {
  const kept = new Kept("localStorage", "theme");
  let theme = THEMES.includes(kept.get()) ? kept.get() : "auto";
  const show = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.dataset.theme = theme;
    button.setAttribute("aria-label", t(THEME_LABELS[theme]));
    button.title = t(THEME_LABELS[theme]);
  };
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    kept.put(theme);
    show();
  });
  show();
  return show;
}

// Runs before the first paint, so that a chosen brightness does not flash.
try {
  const theme = JSON.parse(localStorage.getItem("nunchi.theme"));
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Nothing was chosen, or storage is forbidden.
}

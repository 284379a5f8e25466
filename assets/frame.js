// The user's menu is a native <details>: it works before anything has loaded. This closes it on Escape and on a click elsewhere.
const open = () => document.querySelector("details.fr-user[open]");
document.addEventListener("click", (event) => {
  const menu = open();
  if (menu && !menu.contains(event.target)) menu.removeAttribute("open");
});
document.addEventListener("keydown", (event) => {
  const menu = open();
  if (event.key !== "Escape" || !menu) return;
  menu.removeAttribute("open");
  menu.querySelector("summary").focus();
});

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

// On a phone a row of tabs is wider than the screen: the one that is shown is brought into it, once, and left where a finger puts it.
const broughtIn = new WeakMap();
let asked = false;
function bringIn() {
  asked = false;
  for (const row of document.querySelectorAll(".dk-tabs-frame")) {
    const current = row.querySelector('.dk-tab[aria-current="page"]');
    if (!current || broughtIn.get(row) === current.href) continue;
    broughtIn.set(row, current.href);
    const left = current.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    if (left < row.scrollLeft || left + current.offsetWidth > row.scrollLeft + row.clientWidth) {
      row.scrollLeft = left - (row.clientWidth - current.offsetWidth) / 2;
    }
  }
}
new MutationObserver(() => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(bringIn);
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-current"] });

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

// On a phone a row of tabs is wider than the screen: the one that is shown is brought into it, and again when a count or
// a font that comes later makes the row wider; where a finger puts the row it stays, until another tab is shown.
const broughtIn = new WeakMap(), held = new WeakMap();
let asked = false;
function bringIn() {
  asked = false;
  for (const row of document.querySelectorAll(".dk-tabs-frame")) {
    widths.observe(row.firstElementChild);
    const current = row.querySelector('.dk-tab[aria-current="page"]');
    const shown = current && `${current.href} ${row.scrollWidth} ${row.clientWidth}`;
    if (!current || broughtIn.get(row) === shown || held.get(row) === current.href) continue;
    broughtIn.set(row, shown);
    const left = current.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    if (left < row.scrollLeft || left + current.offsetWidth > row.scrollLeft + row.clientWidth) {
      row.scrollLeft = left - (row.clientWidth - current.offsetWidth) / 2;
    }
  }
}
function ask() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(bringIn);
}
const widths = new ResizeObserver(ask);
for (const touch of ["pointerdown", "wheel"]) {
  document.addEventListener(touch, (event) => {
    const row = event.target.closest(".dk-tabs-frame");
    if (row) held.set(row, row.querySelector('.dk-tab[aria-current="page"]')?.href);
  }, { passive: true });
}
new MutationObserver(ask)
  .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-current"] });

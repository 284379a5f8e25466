// What the customers' pages do in the browser alone: keep what is typed, copy, and give way to the live page.
(() => {
  "use strict";
  const FIELDS = 'input[name]:not([type="radio"]):not([type="hidden"]), textarea[name]';

  // Typed words live in this tab's session only: they survive a reload and the phone's trip to the wallet's app.
  const read = (form) => { try { return JSON.parse(sessionStorage.getItem(form.dataset.draft)) || {}; } catch { return {}; } };

  document.addEventListener("input", (event) => {
    const field = event.target, form = field.form;
    if (!form || !form.dataset.draft || !field.matches(FIELDS)) return;
    sessionStorage.setItem(form.dataset.draft, JSON.stringify({ ...read(form), [field.name]: field.value }));
  });

  function restore() {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      for (const field of form.querySelectorAll(FIELDS)) {
        if (field.dataset.restored) continue;
        field.dataset.restored = "1";
        const kept = read(form)[field.name];
        if (kept && !field.value) field.value = kept;
      }
    }
  }

  // What is chosen before the live page is here, under the names by which that keeps it.
  const keep = (field) => { if (field.dataset.keep) sessionStorage.setItem(field.dataset.keep, field.value); };
  document.addEventListener("change", (event) => keep(event.target));
  document.addEventListener("submit", (event) => [...event.target.querySelectorAll('[type="hidden"]')].forEach(keep));

  // The cart lives in local storage; plain forms see it as a cookie, and say so when they change it.
  // One that no cookie holds (browsers drop it without a word) is not seen there as it was before: see routes/store/cart.py.
  const MOST_CHARS = 3900, TOO_LONG = "too-long";
  const CART = "dokango_cart", CHANGED = "dokango_cart_new", MONTH_S = 30 * 24 * 3600;
  const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const isReady = () => document.querySelector('[data-ready="1"]');
  function shareCart() {
    if (cookie(CHANGED)) return;  // a form has just changed it: the next page takes it over
    const cart = encodeURIComponent(localStorage.getItem(CART) || "{}");
    document.cookie = `${CART}=${cart.length > MOST_CHARS ? TOO_LONG : cart}; path=/; max-age=${MONTH_S}; samesite=lax`;
  }
  shareCart();
  addEventListener("pagehide", shareCart);
  document.addEventListener("visibilitychange", shareCart);

  // Thanks are said once: the address is the order's own from then on, to load anew, to keep, to send on.
  function thankOnce() {
    const thanked = isReady()?.querySelector(".sf-thanks");
    if (thanked && location.search) history.replaceState(history.state, "", location.pathname);
  }

  function giveWay() {
    const first = document.querySelector("body > first-page");
    if (!isReady()) return;
    takeIn();
    thankOnce();
    if (!first) return;
    const typing = first.contains(document.activeElement) ? document.activeElement.name : "";
    first.remove();  // ours: React made every other node, its <title> too, and takes them away itself
    const field = typing && document.querySelector(`form [name="${CSS.escape(typing)}"]`);
    if (field) field.focus();
  }

  // Radix's and the desk's styles: no customer's page waits for them, so they come when it lives, or is long in doing so.
  const PATIENCE_MS = 15_000;
  function takeIn() {
    const later = document.querySelector("link[data-later]");
    if (later) { later.disabled = false; delete later.dataset.later; }
  }
  setTimeout(takeIn, PATIENCE_MS);

  new MutationObserver(() => { restore(); giveWay(); })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-ready"] });
  restore();
  giveWay();

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-text], [data-copy-link]");
    if (!button) return;
    const text = "copyLink" in button.dataset ? location.origin + location.pathname : button.dataset.copyText;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Over plain http the clipboard is closed to pages: fall back to a selection.
      const area = document.createElement("textarea");
      area.value = text;
      button.after(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const word = button.querySelector(".sf-copy-word"), before = word.textContent;
    word.setAttribute("role", "status");
    word.textContent = button.dataset.copied;
    setTimeout(() => { word.textContent = before; word.removeAttribute("role"); }, 1500);
  });
})();

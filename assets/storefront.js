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

  function giveWay() {
    const first = document.querySelector("body > first-page");
    if (!document.querySelector('[data-ready="1"]')) return;
    takeIn();
    if (!first) return;
    first.remove();  // ours: React made every other node, its <title> too, and takes them away itself
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

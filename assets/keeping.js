// What a tab of the staff's keeps by itself: the words typed into its fields, what is ticked and the lines of an order
// while the site restarts, and the place in a list while one looks at an order of it.
(() => {
  "use strict";

  // A restart empties the page's states: forms go and come back empty, dialogs close. Which process answers stands in
  // data-boot; when another one does, what fields held just before is put back wherever the same field shows again.
  // What somebody leaves or sends by themselves is not touched: then the process is the same.
  const KEPT = "dokango-typed", KEPT_MS = 30 * 60_000, LEFT_WITHIN_MS = 20_000;
  const FIELDS = 'input:not([type="password"], [type="hidden"], [type="search"], [type="checkbox"], [type="radio"], [type="file"]), textarea, select';
  const typed = new Map();  // field → {key, value, focused, gone}: only what a person's own hand wrote
  let held = new Map();  // key → value of the fields that hold a choice of the server's for us (components/ui/kept.py)
  let boot = "";

  const load = (name) => { try { return JSON.parse(sessionStorage.getItem(name)) || {}; } catch { return {}; } };
  const isStaffs = (field) => !!field.closest(".fr-frame, [role='dialog'], [role='alertdialog']") && !field.closest("#palette");

  function keyOf(field) {
    const name = field.name || field.id;
    if (!name) return "";
    // In a dialog the same field stands for another order each time: its words say which.
    const dialog = field.closest("[role='dialog'], [role='alertdialog']");
    const number = field.form && field.form.querySelector('input[type="hidden"][name="number"]');
    const about = dialog ? [dialog.querySelector("h1, h2")?.textContent, (dialog.textContent.match(/#\d+/) || [""])[0]] : [];
    const alike = [...(dialog || document).querySelectorAll(`[name="${CSS.escape(name)}"], [id="${CSS.escape(name)}"]`)];
    return JSON.stringify([location.pathname.replace(/\/$/, ""), location.search, ...about, number ? number.value : "", name, alike.indexOf(field)]);
  }

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!event.isTrusted || !field.matches || !field.matches(FIELDS) || !isStaffs(field)) return;
    typed.set(field, { key: keyOf(field), value: field.value, gone: 0 });
    forget(keyOf(field));
  });
  // What was sent and has gone, or was emptied by sending, is nobody's draft any more.
  const of = (form) => [...typed].filter(([field]) => field.form === form);
  document.addEventListener("submit", (event) => of(event.target).forEach(([, was]) => { was.sent = true; }), true);
  document.addEventListener("reset", (event) => of(event.target).forEach(([field]) => typed.delete(field)), true);
  document.addEventListener("focusin", (event) => {
    for (const [field, was] of typed) was.focused = field === event.target;
  });

  function forget(key) {
    const kept = load(KEPT);
    if (!(key in kept)) return;
    delete kept[key];
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  function keepAll() {
    const kept = load(KEPT), now = Date.now();
    for (const [field, was] of typed) {
      if (was.value && was.key && (field.isConnected || !was.gone || now - was.gone < LEFT_WITHIN_MS)) kept[was.key] = { value: was.value, focused: !!was.focused, at: now };
    }
    for (const [key, value] of held) kept[key] = { value, focused: false, at: now };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  // The choices as they stand, while it is the same process that holds them.
  function holdChoices() {
    if (!boot || document.querySelector("[data-boot]")?.dataset.boot !== boot) return;
    held = new Map();
    for (const field of document.querySelectorAll("[data-kept]")) {
      if (field.dataset.kept && isStaffs(field)) held.set(keyOf(field), field.dataset.kept);
    }
  }

  function putBack() {
    const kept = load(KEPT), now = Date.now();
    if (!Object.keys(kept).length) return;
    for (const field of document.querySelectorAll(FIELDS)) {
      const key = isStaffs(field) ? keyOf(field) : "", was = kept[key];
      if (!was) continue;
      delete kept[key];
      if (now - was.at > KEPT_MS || field.value === was.value) continue;
      write(field, was.value);
      if (!("kept" in field.dataset)) typed.set(field, { key, value: was.value, gone: 0 });
      if (was.focused && document.activeElement === document.body) field.focus();
    }
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  }

  // As if it was typed: React and the handlers of the field hear of it.
  function write(field, value) {
    const kind = { INPUT: HTMLInputElement, TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[field.tagName];
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function noteGone() {
    const now = Date.now();
    for (const [field, was] of typed) {
      if (field.isConnected) was.gone = 0;
      else if (was.sent) typed.delete(field);
      else if (!was.gone) was.gone = now;
      else if (now - was.gone > LEFT_WITHIN_MS) typed.delete(field);
    }
  }

  function watchBoot() {
    const now = document.querySelector("[data-boot]")?.dataset.boot || "";
    if (!now || now === boot) return;
    if (boot) keepAll();
    boot = now;
  }

  // The place in a list: the row whose link was followed has the focus again when one comes back.
  const PLACE = "dokango-row";
  const here = () => location.pathname.replace(/\/$/, "");
  document.addEventListener("click", (event) => {
    const row = event.target.closest && event.target.closest("[data-row]");
    if (row && event.target.closest("a[href], [data-open]")) sessionStorage.setItem(PLACE, JSON.stringify({ path: here(), row: row.dataset.row, left: false }));
  }, true);

  function backInPlace() {
    const place = load(PLACE);
    if (!place.path) return;
    if (place.path !== here()) {
      if (!place.left) sessionStorage.setItem(PLACE, JSON.stringify({ ...place, left: true }));
      return;
    }
    const row = place.left && document.querySelector(`[data-row="${CSS.escape(place.row)}"]`);
    if (!row) return;
    sessionStorage.removeItem(PLACE);
    const elsewhere = document.activeElement && !["BODY", "MAIN", "A"].includes(document.activeElement.tagName);
    row.scrollIntoView({ block: "center" });
    if (!elsewhere) row.focus({ preventScroll: true });
  }

  new MutationObserver(() => { watchBoot(); holdChoices(); noteGone(); putBack(); backInPlace(); })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-boot", "data-kept"] });
})();

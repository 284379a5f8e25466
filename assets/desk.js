// What the desk does in the browser alone: keys, copying, and giving the focus back after a dialog.
// Elements say what they take part in: data-key="v", data-row, data-open, data-copy, data-action, data-acts; see
// components/ui/keyboard.py.
(() => {
  "use strict";
  const SWITCH = "dokango-keys";
  const GO_WAIT_MS = 1200;
  let goUntil = 0;
  let lastOutside = null;

  const inField = (el) => !!el && (el.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)
    && !/^(checkbox|radio|button|submit)$/.test(el.type)));
  const shown = (el) => !!el && el.getClientRects().length > 0;
  const modal = () => document.querySelector('dialog[open], [role="dialog"], [role="alertdialog"]');
  const keysOn = () => localStorage.getItem(SWITCH) !== "off";

  function find(key, within, but = "") {
    const matches = [...within.querySelectorAll(`[data-key="${CSS.escape(key)}"]${but}`)];
    return matches.find(shown);
  }

  function press(key) {
    const row = document.activeElement && document.activeElement.closest("[data-row]");
    // What acts at once in a row is pressed in the row that has the focus, never in whichever stands first; what is
    // done with all that is chosen goes before what is done with one.
    const chosen = modal() ? null : document.querySelector(".dk-bulk");
    const el = (chosen && find(key, chosen)) || (row && find(key, row)) || find(key, modal() || document, ":not([data-row] [data-acts])");
    if (!el) return false;
    if (inField(el)) { el.focus(); el.select && el.select(); } else { el.click(); }
    return true;
  }

  function step(by) {
    const rows = [...document.querySelectorAll("[data-row]")].filter(shown);
    if (!rows.length) return false;
    const at = rows.indexOf(document.activeElement && document.activeElement.closest("[data-row]"));
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function inRow(selector) {
    const row = document.activeElement && document.activeElement.closest("[data-row]");
    const el = row && row.querySelector(selector);
    if (el) el.click();
    return !!el;
  }

  function openSheet() {
    const sheet = document.getElementById("keyboard-sheet");
    if (!sheet || sheet.open) return false;
    const box = sheet.querySelector("[data-keyboard-switch]");
    if (box) box.checked = keysOn();
    sheet.showModal();
    return true;
  }

  // The palette: lines that hold what is typed, the first one chosen; a number offers the order of that number, and
  // what names no page is looked for in the orders.
  function openPalette() {
    const box = document.getElementById("palette");
    if (!box || box.open || modal()) return false;
    box.showModal();
    const input = box.querySelector("[data-palette-input]");
    input.value = "";
    input.focus();
    sift(box, "");
    return true;
  }

  // As dokango/words.py folds: no case, no accents, one width, one script of digits; letters keep their marks.
  function wordsOf(text) {
    const plain = text.slice(0, 200).normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f\p{Cf}]/gu, "");
    const digits = plain.replace(/[\u09e6-\u09ef]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x9b6));
    return digits.normalize("NFKC").match(/[\p{L}\p{M}\p{N}]+/gu) || [];
  }

  function sift(box, typed) {
    const wanted = wordsOf(typed), number = wanted.join("");
    const lines = [...box.querySelectorAll("[data-palette-line]")];
    const found = lines.filter((line) => line.dataset.typed !== undefined);
    const pages = lines.filter((line) => !found.includes(line) && line.dataset.order === undefined && line.dataset.search === undefined);
    // What the server found stays for as long as what is typed goes on from what it was found by.
    for (const line of found) line.hidden = typed.trim() === "" || !typed.trim().startsWith(line.dataset.typed);
    for (const line of pages) {
      const words = " " + wordsOf(line.textContent).join(" ");
      line.hidden = !wanted.every((word) => words.includes(word));
      line.style.order = wanted.every((word) => words.includes(" " + word)) ? 0 : 1; // "sto" is Stock before Customers
    }
    const isNumber = /^\d{1,9}$/.test(number);
    offer(lines.find((line) => line.dataset.order !== undefined), isNumber, number, "Open order #" + number);
    const nothing = number !== "" && !isNumber && pages.every((line) => line.hidden);
    offer(lines.find((line) => line.dataset.search !== undefined), nothing, typed.trim(), "Find in orders: " + typed.trim());
    choose(box, 0);
  }

  function offer(line, shown, value, words) {
    const link = line.querySelector("a");
    line.hidden = !shown;
    link.href = (line.dataset.order || line.dataset.search) + encodeURIComponent(value);
    link.querySelector("span").textContent = words;
  }

  function choose(box, by) {
    const lines = [...box.querySelectorAll("[data-palette-line]")].filter((line) => !line.hidden);
    const rank = (line) => Number(line.style.order || 2); // as the sheet says of those that are no page
    lines.sort((one, other) => rank(one) - rank(other));
    const at = by === 0 ? -1 : lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
    const next = lines[Math.min(lines.length - 1, Math.max(0, by === 0 ? 0 : at + by))];
    for (const line of box.querySelectorAll("[data-palette-line]")) line.setAttribute("aria-selected", String(line === next));
    if (next) next.scrollIntoView({ block: "nearest" });
    return next;
  }

  function inPalette(event, box) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { choose(box, event.key === "ArrowDown" ? 1 : -1); return true; }
    if (event.key !== "Enter") return false;
    const line = box.querySelector('[data-palette-line][aria-selected="true"]');
    if (line) { box.close(); line.querySelector("a").click(); }
    return true;
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-palette-input]")) sift(event.target.closest("dialog"), event.target.value);
  });

  // The newest toast that offers it: its button says so in words, and z, or Ctrl-Z, presses it.
  function undo() {
    const buttons = [...document.querySelectorAll('[data-sonner-toast]:not([data-removed="true"]) [data-button][data-action]')];
    const newest = buttons.find((button) => button.closest("[data-sonner-toast]").dataset.front === "true") || buttons[0];
    if (!newest) return false;
    newest.click();
    return true;
  }

  function answer(event) {
    const key = event.key;
    if (goUntil > Date.now()) { goUntil = 0; return press("g " + key); }
    if (key === "g" && !modal()) { goUntil = Date.now() + GO_WAIT_MS; return true; }
    if (key === "?") return openSheet();
    if (key === "z" && undo()) return true;
    if (!modal()) {
      if (key === "j") return step(1);
      if (key === "k") return step(-1);
      if (key === "x") return inRow('[data-select], [role="checkbox"], input[type="checkbox"]');
      if (key === "Enter" && document.activeElement && document.activeElement.matches("[data-row]")) return inRow("[data-open]");
    }
    return key.length === 1 && press(key);
  }

  // A key that is held goes on typing and moving; it never acts a second time, whoever would answer it: the browser
  // (which sends a form or presses a button at each repeat of Enter), a menu of Radix, or the lines below.
  const CONTROL = "button, a, summary, input, select, [role]";
  const writes = (el, key) => inField(el) && (key !== "Enter" || (el.tagName === "TEXTAREA" && !("enterSends" in el.dataset)));
  document.addEventListener("keydown", (event) => {
    const acts = event.key === "Enter" || (event.key === " " && event.target.closest && event.target.closest(CONTROL));
    if (!event.repeat || !acts || writes(event.target, event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.repeat && !(event.target.closest && event.target.closest("#palette"))) {
      const moves = !mod && !event.altKey && !inField(event.target) && !modal() && keysOn();
      if (moves && (event.key === "j" || event.key === "k")) { step(event.key === "j" ? 1 : -1); event.preventDefault(); }
      return;
    }
    const palette = event.target.closest && event.target.closest("#palette");
    if (palette && inPalette(event, palette)) { event.preventDefault(); return; }
    if (mod && event.key.toLowerCase() === "k" && openPalette()) { event.preventDefault(); return; }
    if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "z" && !inField(event.target) && undo()) { event.preventDefault(); return; }
    if (mod && !event.altKey && !event.shiftKey && press("mod+" + event.key.toLowerCase())) { event.preventDefault(); return; }
    if (mod || event.altKey) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.dataset && "enterSends" in event.target.dataset) {
      event.target.form.querySelector('[type="submit"]').click();
      event.preventDefault();
      return;
    }
    // A field for figures alone lets some letters through to their buttons: data-through="j".
    const through = (event.target.dataset && event.target.dataset.through || "").split(" ").includes(event.key);
    if (inField(event.target) && !through) {
      if (event.key === "Escape" && event.target.type === "search") event.target.blur();
      return;
    }
    if (!keysOn() && event.key !== "Enter") return;
    if (answer(event)) event.preventDefault();
  });

  // Words pasted into a field for figures go to the field that it names, data-words-to="…", and are sent at once.
  document.addEventListener("paste", (event) => {
    const to = event.target.dataset && event.target.dataset.wordsTo;
    const field = to && document.getElementById(to);
    const text = event.clipboardData ? event.clipboardData.getData("text") : "";
    if (!field || text.trim().length < 12 || !/\p{L}/u.test(text)) return;
    event.preventDefault();
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  });

  // A picture that is chosen for what is not saved yet is kept at once, and its form carries the address: data-keeps.
  document.addEventListener("change", (event) => {
    if (event.target.matches && event.target.matches("input[data-keeps]")) keepPicture(event.target);
  });
  async function keepPicture(input) {
    const box = input.closest("[data-picture]"), field = box.querySelector('input[type="hidden"]');
    const said = box.querySelector('[role="status"]'), seen = box.querySelector("img");
    field.value = said.textContent = "";
    seen.hidden = true;
    if (!input.files.length) return;
    const sent = new FormData();
    sent.append("file", input.files[0]);
    box.dataset.busy = "";
    try {
      const answer = await (await fetch(input.dataset.keeps, { method: "POST", body: sent })).json();
      if (!answer.address) throw new Error(answer.refused);
      field.value = answer.address;
      seen.src = answer.address;
      seen.hidden = false;
    } catch (error) {
      said.textContent = (error instanceof SyntaxError || error instanceof TypeError || !error.message)
        ? "The picture did not arrive. Choose it once more." : error.message;
      input.value = "";
    } finally {
      delete box.dataset.busy;
    }
  }
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-picture][data-busy]");
    if (!box) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.querySelector('[role="status"]').textContent = "The picture is still on its way. Press again in a moment.";
  }, true);

  // A blocked button stays in the tab order so that its reason can be read; its press is stopped here, and by the server.
  // One whose form may hold more than the server knows yet asks it all the same, unless it works already: data-asks.
  document.addEventListener("click", (event) => {
    const blocked = event.target.closest('[aria-disabled="true"]:not([data-asks][aria-busy="false"])')
      || (document.querySelector("[data-offline]") && event.target.closest("[data-action]"));
    if (blocked) { event.preventDefault(); event.stopPropagation(); return; }
    const copy = event.target.closest("[data-copy]");
    if (copy) copyText(copy);
    const line = event.target.closest("#palette a");
    if (line) document.getElementById("palette").close();
    const close = event.target.closest("[data-close-sheet]");
    if (close) close.closest("dialog").close();
    const box = event.target.closest("[data-keyboard-switch]");
    if (box) localStorage.setItem(SWITCH, box.checked ? "on" : "off");
  }, true);

  async function copyText(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // Over plain http the clipboard is closed to pages: fall back to a selection.
      const area = document.createElement("textarea");
      area.value = button.dataset.copy;
      button.after(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const words = button.querySelector(".dk-hidden");
    const before = words && words.textContent;
    button.dataset.copied = "";
    if (words) { words.setAttribute("role", "status"); words.textContent = "Copied"; }
    setTimeout(() => { delete button.dataset.copied; if (words) { words.removeAttribute("role"); words.textContent = before; } }, 1500);
  }

  // Radix gives the focus back to a dialog's trigger; ours are opened by state and have none.
  const DIALOG = '[role="dialog"], [role="alertdialog"]';
  const INSIDE = '[role="dialog"], [role="alertdialog"], [role="menu"]';
  document.addEventListener("focusin", (event) => {
    if (event.target !== document.body && !event.target.closest(INSIDE)) lastOutside = event.target;
  });
  document.addEventListener("pointerdown", (event) => {
    // A menu's trigger takes no focus from the pointer, yet is where the focus belongs afterwards.
    const pressed = event.target.closest("button, a, input, select, textarea, [tabindex]");
    if (pressed && !pressed.closest(INSIDE)) lastOutside = pressed;
  }, true);
  new MutationObserver((changes) => {
    const gone = changes.some((c) => [...c.removedNodes].some((n) => n.nodeType === 1
      && (n.matches(DIALOG) || n.querySelector(DIALOG))));
    if (!gone) return;
    setTimeout(() => {
      if (document.activeElement === document.body && lastOutside && lastOutside.isConnected) lastOutside.focus();
    }, 30);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();

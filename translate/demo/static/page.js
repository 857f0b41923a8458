// What the page does in the browser: its language, its light, files that come in, and reading sentence by sentence.
"use strict";

const root = document.documentElement;
const arabic = () => root.lang === "ar";

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // a browser that keeps nothing: the page works all the same
  }
}

// --- The page's language -------------------------------------------------------------------------------------------
// All that is ours is on the page in both languages, and the style sheet shows one. Gradio's texts follow its store of
// the locale, which is found among the modules that the page has loaded; where it is not, the page is loaded anew.

async function localeStore() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => new URL(name).pathname.endsWith(".js") && name.startsWith(new URL("assets/", document.baseURI).href));
  const likely = loaded.filter((name) => name.includes("/runtime"));
  for (const url of likely) {
    const found = Object.values(await import(url)).find((one) => {
      if (typeof one?.set !== "function" || typeof one?.subscribe !== "function") return false;
      let value;
      one.subscribe((now) => { value = now; })();
      return value === root.lang;
    });
    if (found) return found;
  }
  return null;
}

// Attributes that are read aloud or shown: each element has both, and this sets the one that counts.
function nameThings() {
  const side = arabic() ? "Ar" : "En";
  for (const [attribute, key] of [["title", "title"], ["aria-label", "label"], ["placeholder", "placeholder"]]) {
    for (const element of document.querySelectorAll(`[data-${key}-en]`)) {
      const value = element.dataset[key + side];
      if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
    }
  }
  for (const frame of document.querySelectorAll("iframe.report")) frame.contentWindow?.postMessage(root.lang, "*");
}

async function turn() {
  const language = arabic() ? "en" : "ar";
  const store = await localeStore();
  remember("dragoman-language", language);
  Object.assign(root, { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
  if (!store) {
    const boxes = [...document.querySelectorAll(".article-text textarea")].map((box) => [box.closest("[id]").id, box.value]);
    sessionStorage.setItem("dragoman-boxes", JSON.stringify(boxes));
    location.reload();
    return;
  }
  store.set(language);
  nameThings();
  nameTabs();
  turnBoxes();
}

// Gradio names only the open tab anew when its locale changes.
function nameTabs() {
  for (const tab of document.querySelectorAll("[role=tab][id^=tab-]")) {
    const name = textIn(root.lang, `${tab.id.slice(4).replace(/-button$/, "")}_tab`);
    const text = [...tab.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (name && text && text.data.trim() !== name) text.data = name;
  }
}

// A box runs as the text in it does; markup, which is in Latin letters, does not count, and an empty one as the page.
function turnBoxes() {
  for (const box of document.querySelectorAll(".article-text textarea")) {
    const dir = { "ar-en": "rtl", "en-ar": "ltr" }[guessed(box.value)] ?? root.dir;
    if (box.dir !== dir) box.dir = dir;
  }
}

// A report that was just put on the page asks for nothing: it is told when it has loaded.
document.addEventListener("load", (event) => {
  if (event.target.matches?.("iframe.report")) event.target.contentWindow.postMessage(root.lang, "*");
}, true);

// What stood in the boxes before the page was loaded anew, where that was needed.
function refill() {
  const boxes = JSON.parse(sessionStorage.getItem("dragoman-boxes") ?? "[]");
  sessionStorage.removeItem("dragoman-boxes");
  for (const [id, value] of boxes) {
    const box = document.querySelector(`#${id} textarea`);
    if (box && value) {
      box.value = value;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

// --- Light and dark ------------------------------------------------------------------------------------------------

function lighten(light) {
  root.dataset.light = light;
  document.body.classList.toggle("dark", light === "dark");
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => lighten(event.matches ? "dark" : "light"));

// --- The form: files, direction, model -----------------------------------------------------------------------------

const files = {}; // by tab: what was sent, as {token, name, size}

const optionsOf = (tab) => document.querySelector(`.options[data-tab="${tab}"]`);
const dropOf = (tab) => document.querySelector(`.drop[data-tab="${tab}"]`);
const boxOf = (tab) => document.querySelector(`#${tab}-text textarea`);

function directionOf(tab) {
  return optionsOf(tab)?.querySelector(`[name="${tab}-direction"]:checked`)?.value ?? "auto";
}

// Which way a text most likely goes, by its letters: only to show the right models. The server finds out by itself.
function guessed(text) {
  const start = text.slice(0, 4000).replace(/<[^>]*>/g, " ");
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  if (!letters) return null;
  return (start.match(/\p{Script=Arabic}/gu)?.length ?? 0) > letters / 2 ? "ar-en" : "en-ar";
}

function showModels(tab, text) {
  const direction = directionOf(tab);
  const lists = [...(optionsOf(tab)?.querySelectorAll(".models fieldset") ?? [])];
  const wanted = direction === "auto" ? guessed(text ?? boxOf(tab)?.value ?? "") : direction;
  const shown = lists.find((list) => list.dataset.pair === wanted) ?? lists.find((list) => !list.hidden) ?? lists[0];
  for (const list of lists) list.hidden = list !== shown;
  const chosen = shown?.querySelector("input:checked");
  const name = optionsOf(tab)?.querySelector(".models .chosen");
  const said = chosen?.closest("label").querySelector(".name");
  if (name && said && name.innerHTML !== said.innerHTML) {
    name.innerHTML = said.innerHTML;
    name.dir = said.dir;
  }
  return chosen?.value || null;
}

function listFiles(tab) {
  const list = dropOf(tab)?.querySelector(".files");
  if (!list) return;
  const mine = files[tab] ?? [];
  list.hidden = !mine.length;
  list.replaceChildren(...mine.map(({ name, size }, number) => {
    const item = document.createElement("li");
    const called = Object.assign(document.createElement("bdi"), { textContent: name });
    const weight = Object.assign(document.createElement("bdi"), { className: "quiet", dir: "ltr" });
    weight.textContent = size < 1e5 ? `${Math.max(1, Math.round(size / 1e3))} kB` : `${(size / 1e6).toFixed(1)} MB`;
    const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    Object.assign(remove.dataset, { remove: number, labelEn: `Remove ${name}`, labelAr: `أزل ${name}` });
    item.append(called, " ", weight, remove);
    return item;
  }));
  nameThings();
}

// A text of the page in one language; Gradio was given them all.
const textIn = (lang, key) => window.gradio_config?.i18n_translations?.[lang]?.[key];

function complain(tab, said = null) {
  const problem = dropOf(tab).querySelector(".problem");
  problem.hidden = !said;
  const sides = said ? [["en", "ltr"], ["ar", "rtl"]] : [];
  problem.replaceChildren(...sides.map(([lang, dir]) =>
    Object.assign(document.createElement("span"), { className: lang, lang, dir, textContent: said[lang] })));
}

// What is thrown has what to say in either language.
async function send(tab, file) {
  const problem = (key) => ({ en: textIn("en", key), ar: textIn("ar", key) });
  if (file.size > (window.gradio_config?.max_file_size ?? Infinity)) throw problem("file_too_large");
  const answer = await fetch("/page/files", {
    method: "POST",
    body: file,
    headers: { "X-Session": dropOf(tab).dataset.owner ?? dragoman.session, "X-Name": encodeURIComponent(file.name) },
  }).catch(() => {
    throw problem("file_not_sent");
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw said.ar ? said : problem(answer.status === 413 ? "file_too_large" : "file_not_sent");
  return said;
}

async function take(tab, taken) {
  if (!taken.length) return;
  const many = "many" in dropOf(tab).dataset;
  complain(tab);
  dropOf(tab).classList.add("sending");
  if (!many) files[tab] = [];
  try {
    for (const file of many ? taken : [...taken].slice(0, 1)) {
      files[tab] = [...(files[tab] ?? []), await send(tab, file)];
      listFiles(tab);
    }
    if (!many) document.querySelector(`#${tab}-go`)?.click();
  } catch (problem) {
    complain(tab, problem.ar ? problem : { en: textIn("en", "file_not_sent"), ar: textIn("ar", "file_not_sent") });
  } finally {
    dropOf(tab).classList.remove("sending");
  }
}

window.dragoman = {
  get session() {
    return window.__gradio_session_hash__ ?? "";
  },
  lang: () => root.lang,
  // What the form of a tab says, as the server wants it.
  options(tab, text) {
    const mine = files[tab] ?? [];
    return { direction: directionOf(tab), model: showModels(tab, text), file: mine[0]?.token ?? "", files: mine };
  },
  forget(tab) {
    files[tab] = [];
    listFiles(tab);
  },
};

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches(".drop input[type=file]")) {
    take(target.closest(".drop").dataset.tab, [...target.files]);
    target.value = ""; // so that the same file may be chosen again
  } else if (target.closest(".options")) {
    showModels(target.closest(".options").dataset.tab);
  }
});

// Once a frame: some ways to type, dictation among them, send an event for every line of a long text.
let looking = 0;
document.addEventListener("input", (event) => {
  const form = event.target.closest(".article-form");
  if (!form || !event.target.matches(".article-text textarea")) return;
  const tab = form.id.replace(/-form$/, "");
  if (files[tab]?.length) dragoman.forget(tab); // what is typed goes before a file that was opened earlier
  cancelAnimationFrame(looking);
  looking = requestAnimationFrame(() => {
    turnBoxes();
    showModels(tab);
  });
});

// A file may be dropped anywhere on a form.
const zone = (event) => event.target.closest?.(".article-form, .drop");
const dropIn = (place) => (place.matches(".drop") ? place : place.querySelector(".drop"));
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const place = zone(event);
    if (!place || !dropIn(place) || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    dropIn(place).classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  const place = zone(event);
  if (place && !place.contains(event.relatedTarget)) dropIn(place)?.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  const place = zone(event);
  const drop = place && dropIn(place);
  if (!drop || !event.dataTransfer.files.length) return;
  event.preventDefault();
  drop.classList.remove("over");
  take(drop.dataset.tab, [...event.dataTransfer.files]);
});

// --- Reading sentence by sentence ----------------------------------------------------------------------------------
// The panes are written anew while a translation comes in, so what is lit is known by its number, not by its element.

const reading = { over: null, pinned: null };
const panes = () => document.getElementById("read-panes");
const sentences = () => [...(panes()?.querySelectorAll(".target .s") ?? [])];

function light() {
  const number = reading.over ?? reading.pinned;
  for (const old of panes()?.querySelectorAll(".s.lit") ?? []) {
    if (old.dataset.s !== number) old.classList.remove("lit");
  }
  const lit = number === null ? [] : [...panes().querySelectorAll(`.s[data-s="${number}"]`)];
  for (const one of lit) one.classList.add("lit");
  tell(number, lit);
}

// What the panel says of a sentence: its source as it stands in the source pane, and its issues from the list beside.
function tell(number, lit) {
  const panel = document.querySelector("#read-panel .panel");
  if (!panel) return;
  const source = lit.find((one) => one.closest(".source"));
  panel.querySelector(".hint").hidden = Boolean(source);
  const about = panel.querySelector(".about");
  about.hidden = !source;
  panel.classList.toggle("open", Boolean(source));
  if (!source) return;
  const made = lit.some((one) => one.closest(".target"));
  const remarks = document.getElementById(`n${number}`);
  const state = `${number} ${made} ${remarks?.innerHTML.length ?? 0}`;
  if (about.dataset.state === state) return;
  about.dataset.state = state;
  const said = about.querySelector(".said");
  said.innerHTML = source.innerHTML;
  said.lang = source.closest("[lang]").lang;
  said.dir = source.closest("[dir]").dir;
  const place = about.querySelector(".remarks-here");
  place.replaceChildren(...(remarks ? [remarks.cloneNode(true)] : []));
  place.firstChild?.removeAttribute("id");
  place.firstChild?.removeAttribute("hidden");
  about.querySelector(".fine").hidden = !made || Boolean(remarks);
}

// One sentence is reached with the Tab key, the others from it with the arrow keys.
function reach() {
  const all = sentences();
  const now = all.find((one) => one.dataset.s === reading.pinned) ?? all[0];
  for (const one of all) {
    const index = one === now ? 0 : -1;
    if (one.tabIndex !== index) one.tabIndex = index;
  }
}

function pin(number) {
  reading.pinned = number;
  reading.over = null;
  light();
  reach();
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || !event.target.closest) return;
  const over = event.target.closest("#read-panes .s")?.dataset.s ?? null;
  // Between sentences, and on the way to the panel, what was looked at last stays: a panel that came and went with each
  // gap would move the page under the pointer.
  if (over === reading.over || (over === null && event.target.closest("#read-view"))) return;
  reading.over = over;
  light();
});

document.addEventListener("focusin", (event) => {
  const sentence = event.target.closest?.("#read-panes .target .s");
  if (sentence && event.target === sentence) pin(sentence.dataset.s);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && reading.pinned !== null) pin(null);
  const sentence = event.target.closest?.("#read-panes .target .s");
  if (!sentence || event.target !== sentence) return;
  const all = sentences();
  const forward = sentence.closest("[dir]").dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const at = all.indexOf(sentence);
  const to = { [forward]: at + 1, [backward]: at - 1, ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || !all[to]) return;
  event.preventDefault();
  all[to].focus();
});

document.addEventListener("click", async (event) => {
  const { target } = event;
  if (target.closest("#language")) turn();
  else if (target.closest("#theme")) {
    lighten(root.dataset.light === "dark" ? "light" : "dark");
    remember("dragoman-light", root.dataset.light);
  } else if (target.closest("[data-remove]")) {
    const { tab } = target.closest(".drop").dataset;
    files[tab].splice(Number(target.closest("[data-remove]").dataset.remove), 1);
    listFiles(tab);
  } else if (target.closest(".panel .close")) pin(null);
  else if (target.closest("[data-copies]")) copy(target.closest("[data-copies]"));
  else if (target.closest("#read-panes .s") && !target.closest("a")) {
    const { s } = target.closest(".s").dataset;
    if (target.closest(".target")) target.closest(".s").focus();
    pin(s);
  }
});

async function copy(button) {
  const text = [];
  for (const row of document.getElementById(button.dataset.copies).querySelectorAll(".row:has(.target)")) {
    const line = row.querySelector(".target").textContent.trim();
    if (row.matches(".on")) text[text.length - 1] += ` ${line}`; // a paragraph goes on
    else text.push(line);
  }
  await navigator.clipboard.writeText(text.filter(Boolean).join("\n\n"));
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 2000);
}

// --- The page changes ----------------------------------------------------------------------------------------------

let waiting = false;
const begun = new Map(); // when the work of a tab was first seen; null once it was brought into view or left alone

// A reader who asked for something is taken to where it appears, once for each time: as soon as there is room for it.
function follow() {
  for (const tab of document.querySelectorAll(".tabitem")) {
    const place = tab.querySelector("[data-working]")?.closest(".block");
    if (!place) {
      begun.delete(tab);
      continue;
    }
    if (!begun.has(tab)) begun.set(tab, Date.now());
    const since = begun.get(tab);
    if (since === null) continue;
    const { top } = place.getBoundingClientRect();
    if (top >= 0 && top <= innerHeight * 0.4) begun.set(tab, null);
    else if (Date.now() - since > 3000) begun.set(tab, null);
    else scrollBy({ top: top - innerHeight * 0.12, behavior: "instant" });
  }
}

// Whoever scrolls goes where they want.
for (const kind of ["wheel", "touchmove"]) {
  document.addEventListener(kind, () => begun.forEach((_, tab) => begun.set(tab, null)), { passive: true });
}

function changed() {
  waiting = false;
  follow();
  nameThings();
  nameTabs();
  turnBoxes();
  for (const { dataset: { tab } } of document.querySelectorAll(".options")) showModels(tab);
  light();
  reach();
  const loading = document.querySelector(".loading");
  if (loading && document.getElementById("read-go")) {
    loading.remove();
    refill();
  }
  document.dispatchEvent(new CustomEvent("dragoman:changed"));
}

new MutationObserver(() => {
  if (!waiting) requestAnimationFrame(changed);
  waiting = true;
}).observe(document.body, { childList: true, subtree: true });
changed();

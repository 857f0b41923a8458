// What a report does beyond being read: words light up, sentences are filtered, the page changes its language.
"use strict";

// --- Words that translate each other -------------------------------------------------------------------------------
// A row has the links of both legs, "0-0 1-2", over the words of its three cells; each word has its number.

const table = document.querySelector(".rows");
let pinned = null; // what was tapped or focused, and stays lit
let lit = [];
let reachable = null; // the one word that the Tab key reaches; arrow keys move it

// Where links lead from these numbers, and where they come from that lead there.
function across(links, numbers) {
  return new Set(links.filter(([from]) => numbers.has(from)).map(([, to]) => to));
}

function against(links, numbers) {
  return across(links.map(([from, to]) => [to, from]), numbers);
}

// The word, and the words of all three texts that it is linked with on the way there and back.
function linked(word) {
  const row = word.closest("tr");
  const [there, again] = [row.dataset.there, row.dataset.again].map((links) =>
    links.split(" ").filter(Boolean).map((link) => link.split("-").map(Number)));
  const numbers = new Set([Number(word.dataset.w)]);
  const side = word.closest("td").className;
  const forward = side === "source" ? across(there, numbers) : side === "back" ? against(again, numbers) : numbers;
  const source = side === "source" ? numbers : against(there, forward);
  const back = side === "back" ? numbers : across(again, forward);
  return Object.entries({ source, forward, back }).flatMap(([cell, set]) =>
    [...row.querySelectorAll(`.${cell} [data-w]`)].filter((one) => set.has(Number(one.dataset.w))));
}

// The issues of a marked place in a text, and the places of an issue.
function notesOf(place) {
  const row = place.closest("tr").id;
  return place.dataset.i.split(" ").map((number) => document.getElementById(`${row}i${number}`));
}

function placesOf(note) {
  const [row, number] = note.id.split("i");
  return [...document.querySelectorAll(`#${row} [data-i~="${number}"]`)];
}

// Lights up a word or an issue with all that goes with it, and nothing else.
function light(element) {
  for (const old of lit) old.classList.remove("lit");
  lit = [];
  if (!element) return;
  if (element.matches("li")) lit = placesOf(element);
  else if (element.dataset.w) lit = linked(element);
  if (element.dataset.i) {
    const notes = notesOf(element);
    const language = document.documentElement.lang;
    element.title = notes.map((note) => note.querySelector(`.message.${language}`).textContent).join("\n");
    lit.push(...notes);
  }
  for (const one of lit) one.classList.add("lit");
}

function reach(word) {
  if (reachable) reachable.tabIndex = -1;
  reachable = word;
  word.tabIndex = 0;
  if (word.dataset.i) word.setAttribute("aria-describedby", notesOf(word).map((note) => note.id).join(" "));
}

// Left and right go along the text as it runs, and on into the next cell; up and down to the same cell of a neighbour.
function neighbour(word, key) {
  const cell = word.closest("td");
  if (key === "ArrowUp" || key === "ArrowDown") {
    const step = key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
    let body = cell.closest("tbody")[step];
    while (body && (body.hidden || !body.querySelector(`.${cell.className} [data-w]`))) body = body[step];
    return body?.querySelector(`.${cell.className} [data-w]`);
  }
  const words = [...cell.parentNode.querySelectorAll("[data-w]")];
  const onward = (key === "ArrowRight") === (cell.dir === "ltr");
  return words[words.indexOf(word) + (onward ? 1 : -1)];
}

if (table) {
  const subject = (event) => event.target.closest("[data-w], [data-i], .notes li");
  table.addEventListener("pointerover", (event) => event.pointerType === "mouse" && light(subject(event) ?? pinned));
  table.addEventListener("pointerleave", () => light(pinned));
  table.addEventListener("click", (event) => {
    light(pinned = subject(event));
    if (pinned?.dataset.w) reach(pinned);
  });
  table.addEventListener("focusin", (event) => {
    if (event.target.dataset.w) light(pinned = event.target);
  });
  table.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(pinned = null);
    if (!event.target.dataset.w || !event.key.startsWith("Arrow")) return;
    const next = neighbour(event.target, event.key);
    if (next) {
      event.preventDefault();
      reach(next);
      next.focus();
    }
  });
  const first = table.querySelector("[data-w]");
  if (first) reach(first);
}

// --- What a summary rests on ---------------------------------------------------------------------------------------
// Each of its sentences has the ids of its grounds; the numbers in it are links, which work without this, too.

let grounded = []; // the sentence of the summary that is lit, and its grounds

function groundsOf(sentence) {
  return sentence.dataset.grounds.split(" ").map((id) => document.getElementById(id));
}

function ground(sentence) {
  for (const old of grounded) old.classList.remove("lit");
  grounded = sentence ? [sentence, ...groundsOf(sentence)] : [];
  for (const one of grounded) one.classList.add("lit");
}

for (const sentence of document.querySelectorAll(".told")) {
  sentence.style.cursor = "pointer";
  sentence.addEventListener("focusin", () => ground(sentence));
  sentence.addEventListener("click", (event) => {
    ground(sentence);
    if (event.target.closest("a")) return; // it leads to one of the grounds by itself
    const [first] = groundsOf(sentence);
    location.hash = first.id; // so that the way back is the browser's own
    first.scrollIntoView({ block: "center" });
  });
}
document.addEventListener("keydown", (event) => event.key === "Escape" && ground(null));

// --- Filters -------------------------------------------------------------------------------------------------------

const form = document.querySelector(".filters");

function filter(sentences) {
  const off = (name) => new Set([...form.querySelectorAll(`[name=${name}]:not(:checked)`)].map((box) => box.value));
  const [severities, checks, legs] = [off("severity"), off("check"), off("leg")];
  const only = form.elements.only.checked;
  let shown = 0;
  for (const { body, notes, places } of sentences) {
    for (const note of notes) {
      note.hidden = severities.has(note.classList[0]) || checks.has(note.dataset.check) || legs.has(note.dataset.leg);
    }
    for (const [place, its] of places) place.classList.toggle("off", its.every((note) => note.hidden));
    body.hidden = only && notes.every((note) => note.hidden);
    shown += !body.hidden;
  }
  form.querySelector("output").textContent = `${shown} / ${sentences.length}`;
  document.querySelector(".empty").hidden = shown > 0;
}

if (form) {
  const sentences = [...table.querySelectorAll("tbody.row")].map((body) => ({
    body,
    notes: [...body.querySelectorAll(".notes li")],
    places: [...body.querySelectorAll("[data-i]")].map((place) => [place, notesOf(place)]),
  }));
  const open = () => {
    for (const details of table.querySelectorAll(".measures details")) details.open = form.elements.changes?.checked;
  };
  form.addEventListener("change", (event) => (event.target.name === "changes" ? open() : filter(sentences)));
  form.addEventListener("click", (event) => {
    if (!event.target.closest(".flip")) return;
    const boxes = [...event.target.closest("fieldset").querySelectorAll("input")];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
    filter(sentences);
  });
  form.addEventListener("reset", () => setTimeout(() => {
    open();
    filter(sentences);
  }));
  // A link to a sentence must lead to it even where the filters hide it.
  window.addEventListener("hashchange", () => {
    if (document.querySelector(location.hash || "main")?.closest("[hidden]")) form.reset();
  });
  form.hidden = false;
  filter(sentences);
}

// --- The page's language -------------------------------------------------------------------------------------------

const language = document.getElementById("language");
language.hidden = false;
language.addEventListener("click", () => {
  const arabic = document.documentElement.lang !== "ar";
  Object.assign(document.documentElement, arabic ? { lang: "ar", dir: "rtl" } : { lang: "en", dir: "ltr" });
  Object.assign(language, arabic ? { lang: "en", textContent: "English" } : { lang: "ar", textContent: "العربية" });
});

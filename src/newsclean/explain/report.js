// Filters, keys and the line at the foot of the report. Reads text of the page as text and writes it as text.
"use strict";

const form = document.querySelector("main form");
const list = document.getElementById("blocks");
const blocks = [...list.children];
const texts = blocks.map((block) => block.querySelector(".text").textContent.toLowerCase());
const inspector = document.getElementById("inspector");
const help = document.getElementById("help");
const resting = [...inspector.childNodes];

document.body.classList.add("scripted");
if (matchMedia("(max-width: 60rem)").matches) { // the blocks come first where there is no room beside them
  for (const details of document.querySelectorAll("aside details")) details.open = false;
}

function passes(block, text, wanted) {
  return (!wanted.decision || block.classList.contains(wanted.decision))
    && (!wanted.voter || block.dataset.voter === wanted.voter)
    && (!wanted.role || block.dataset.role === wanted.role)
    && (!wanted.doubtful || "doubtful" in block.dataset)
    && (!wanted.text || text.includes(wanted.text));
}

function applyFilters() {
  const { decision, voter, role, doubtful, reasons, text } = form.elements;
  document.body.classList.toggle("reasoned", reasons.checked);
  const wanted = {
    decision: decision.value, voter: voter.value, role: role.value, doubtful: doubtful.checked, text: text.value.trim().toLowerCase(),
  };
  let shown = 0;
  blocks.forEach((block, at) => {
    block.hidden = !passes(block, texts[at], wanted);
    shown += !block.hidden;
  });
  document.getElementById("shown").value = `${shown} of ${blocks.length} blocks`;
  document.getElementById("nothing").hidden = shown > 0;
  markFound(wanted.text);
  setStop(restingBlock());
}

function markFound(text) {
  if (!globalThis.CSS?.highlights) return;
  const ranges = [];
  for (const block of text ? visible() : []) {
    const node = block.querySelector(".text").firstChild;
    const content = node.data.toLowerCase();
    if (content.length !== node.length) continue; // "İ" grows when lowered: positions would be off
    for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + text.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

const visible = () => blocks.filter((block) => !block.hidden);
const current = () => list.querySelector(".block[tabindex='0']");
const restingBlock = () => current()?.hidden === false ? current() : visible()[0];

// One block at a time is a stop of the Tab key; the keys move it.
function setStop(block) {
  if (current()) current().tabIndex = -1;
  if (block) block.tabIndex = 0;
}

function focusBlock(block) {
  setStop(block);
  block?.focus();
}

function element(name, kind, text) {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

function inspect(block) {
  if (!block) return inspector.replaceChildren(...resting);
  const kept = block.classList.contains("kept");
  const words = [...block.querySelectorAll(".tag")].map((tag) => tag.textContent);
  const score = block.querySelector(".score");
  if (score) words.unshift(`score ${score.textContent}`);
  const head = element("p", "", "");
  head.append(element("strong", kept ? "keep" : "drop", `${kept ? "✓ kept" : "✗ dropped"} `), `block ${block.id.slice(1)} · `);
  head.append(element("span", "details", words.join(" · ")));
  inspector.replaceChildren(head, element("p", "reason", block.querySelector(".why").textContent));
}

function step(by) {
  const shown = visible();
  const at = shown.indexOf(document.activeElement.closest(".block"));
  if (at < 0) return focusBlock(restingBlock());
  focusBlock(shown[Math.min(Math.max(at + by, 0), shown.length - 1)]);
}

function nextDoubtful() {
  const doubtful = visible().filter((block) => "doubtful" in block.dataset);
  const here = blocks.indexOf(document.activeElement.closest(".block"));
  focusBlock(doubtful.find((block) => blocks.indexOf(block) > here) ?? doubtful[0]);
}

function nextDecision() {
  const choices = [...form.elements.decision];
  choices[(choices.findIndex((choice) => choice.checked) + 1) % choices.length].checked = true;
  applyFilters();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  u: nextDoubtful,
  f: nextDecision,
  "/": () => form.elements.text.focus(),
  "?": () => help.showModal(),
};
const blockKeys = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Home: () => focusBlock(visible()[0]),
  End: () => focusBlock(visible().at(-1)),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target === form.elements.text) {
    if (event.key === "Escape") {
      event.preventDefault();
      form.elements.text.value = "";
      applyFilters();
      focusBlock(restingBlock());
    }
    return;
  }
  if (event.target.matches("input, select, button") && event.key.startsWith("Arrow")) return;
  if (event.target.matches("select")) return;
  const onBlock = event.target.closest(".block") !== null;
  const lettersAct = onBlock || document.getElementById("single-keys").checked;
  const act = (lettersAct && keys[event.key]) || (onBlock && blockKeys[event.key]);
  if (!act) return;
  event.preventDefault();
  act();
});

form.addEventListener("input", applyFilters);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(applyFilters));
document.getElementById("help-button").addEventListener("click", () => help.showModal());
list.addEventListener("mouseover", (event) => inspect(event.target.closest(".block") ?? document.activeElement.closest(".block")));
list.addEventListener("mouseleave", () => inspect(document.activeElement.closest(".block")));
list.addEventListener("focusin", (event) => inspect(event.target.closest(".block")));
list.addEventListener("focusout", () => inspect(null));

// A link of the outline leads to its block, also when the filters hide it.
function follow() {
  const block = /^#b\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (!block) return;
  if (block.hidden) {
    form.reset();
    applyFilters();
  }
  focusBlock(block);
}
addEventListener("hashchange", follow);
document.querySelector("nav").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link && link.hash === location.hash) follow();
});

for (const block of blocks.slice(1)) block.tabIndex = -1;
applyFilters();
follow();

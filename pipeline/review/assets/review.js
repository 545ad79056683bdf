// The review page. Every text reaches the page as text, never as markup; every decision is on the server's disk
// before the page shows it.
import { cut, codePoints, selectedRange } from "./review-text.js";
import { fieldInputs, readFields, shownFields, show, WHY } from "./review-fields.js";

const token = new URLSearchParams(location.search).get("token") ?? "";
const byId = (id) => document.getElementById(id);
const filters = byId("filters");
const state = { rows: [], at: -1, page: 0, pages: 0, total: 0, doc: null, docId: null, chosen: null, picked: null };

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

async function ask(path, body) {
  const headers = { "x-review-token": token };
  const options = body === undefined ? { headers } : { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    say("The server does not answer: nothing was saved. Start it again and load this page.");
    return null;
  }
  const text = await answer.text();
  let data = null;
  try { data = JSON.parse(text); } catch { /* a refusal is plain text */ }
  if (!answer.ok) {
    say(data?.error ?? text);
    return null;
  }
  return data;
}

let hush;
function say(text) {
  byId("message").textContent = text;
  clearTimeout(hush);
  hush = setTimeout(() => { byId("message").textContent = ""; }, 6000);
}

function wanted() {
  return Object.fromEntries(new FormData(filters));
}

async function loadQueue({ keep = false } = {}) {
  const data = await ask(`/api/queue?${new URLSearchParams({ ...wanted(), page: state.page })}`);
  if (!data) return;
  Object.assign(state, { rows: data.rows, pages: data.pages, total: data.total });
  state.at = keep ? Math.min(state.at, state.rows.length - 1) : -1;
  offerFilters(data.counts);
  drawQueue();
}

function offerFilters(counts) {
  const kinds = Object.entries(counts.kinds);
  fill(filters.elements.kind, kinds.map(([kind, n]) => [kind, `${kind} (${n.open} open)`]));
  fill(filters.elements.flag, counts.flags.map((code) => [code, code]));
  const open = kinds.reduce((sum, [, n]) => sum + n.open, 0);
  byId("left").textContent = `${open} of ${kinds.reduce((sum, [, n]) => sum + n.all, 0)} records open in ${counts.documents === 1 ? "one article" : `${counts.documents} articles`}`;
}

function fill(select, options) {
  const value = select.value;
  select.replaceChildren(select.options[0], ...options.map(([key, label]) => el("option", { value: key }, label)));
  select.value = options.some(([key]) => key === value) ? value : "";
}

function drawQueue() {
  byId("rows").replaceChildren(...state.rows.map((row, i) => el("li", {},
    el("button", { type: "button", "aria-current": i === state.at ? "true" : false, onclick: () => choose(i) },
      el("span", { class: row.status === "rejected" ? "rejected" : "" }, row.label), el("br"),
      ...row.flags.split(" ").filter(Boolean).map((code) => el("span", { class: "flag" }, code)),
      el("small", {}, `${row.kind} · ${Math.round(row.confidence * 100)}% sure · ${row.doc_id} `),
      row.status ? el("span", { class: "status" }, row.status) : null))));
  byId("total").textContent = `${state.total} records`;
  byId("page").textContent = state.pages ? `page ${state.page + 1} of ${state.pages}` : "";
  byId("earlier").disabled = state.page === 0;
  byId("later").disabled = state.page + 1 >= state.pages;
}

async function choose(i) {
  if (i < 0 || i >= state.rows.length) return;
  state.at = i;
  drawQueue();
  byId("rows").children[i]?.scrollIntoView({ block: "nearest" });
  await openRecord(state.rows[i].doc_id, state.rows[i].id);
}

async function openRecord(docId, id, { fresh = false } = {}) {
  if (fresh || docId !== state.docId) {
    const doc = await ask(`/api/documents/${encodeURIComponent(docId)}`);
    if (!doc) return;
    state.doc = doc;
    state.docId = docId;
  }
  state.chosen = id;
  drawDocument();
  drawRecord();
}

const ONE = { claims: "claim", programmes: "programme", statements: "statement", people: "person", organisations: "organisation", regions: "region", dates: "date" };
const KINDS = ["claims", "programmes", "statements", "people", "organisations", "regions", "dates"];

function record(id) {
  for (const kind of KINDS) {
    for (const source of [state.doc.records, state.doc.found]) {
      const row = source[kind].find((one) => one.id === id);
      if (row) return { kind, row };
    }
  }
  return null;
}

function marks() {
  const { records, rejected } = state.doc;
  const all = [
    ...records.mentions.map((m) => ({ start: m.start, end: m.end, label: m.kind, id: m.ref ?? m.id })),
    ...records.claims.map((c) => ({ start: c.start, end: c.end, label: "claim", id: c.id })),
    ...records.statements.map((s) => ({ start: s.start, end: s.end, label: "statement", id: s.id })),
    ...records.statements.filter((s) => s.cue !== null).map((s) => ({ start: s.cue_start, end: s.cue_end, label: "cue", id: s.id })),
  ].map((mark) => (mark.id === state.chosen ? { ...mark, label: `${mark.label} chosen` } : mark));
  const chosen = record(state.chosen);
  if (chosen && rejected.includes(state.chosen) && chosen.row.end !== undefined && chosen.row.text !== undefined) {
    all.push({ start: chosen.row.start, end: chosen.row.end, label: "chosen", id: state.chosen });
  }
  for (const [slot, where] of Object.entries(chosen?.row.evidence ?? {})) {
    all.push({ start: where.start, end: where.end, label: "evidence", id: state.chosen, title: `${slot} of the record` });
  }
  return all;
}

function drawDocument() {
  const about = state.doc.records.article;
  byId("article-heading").textContent = about.title ?? about.doc_id;
  byId("text").replaceChildren(...cut(state.doc.text, marks(), el));
  byId("text").querySelector(".chosen")?.scrollIntoView({ block: "center" });
  byId("stale").replaceChildren(...(state.doc.stale.length ? [
    el("strong", {}, `${state.doc.stale.length} decisions no longer fit what was extracted and are not applied:`),
    el("ul", {}, ...state.doc.stale.map((d) => el("li", {}, `${d.verdict} ${d.record.kind}: ${d.record.value}`))),
  ] : []));
  drawTables();
}

function drawTables() {
  byId("tables").replaceChildren(...KINDS.map((kind) => {
    const rows = state.doc.records[kind];
    return rows.length === 0 ? "" : el("details", { open: kind === "claims" },
      el("summary", {}, `${kind} (${rows.length})`),
      el("table", {}, el("tbody", {}, ...rows.map((row) => el("tr", {},
        el("td", {}, el("button", { type: "button", onclick: () => openRecord(state.docId, row.id) }, row.id)),
        el("td", { dir: "auto" }, headline(kind, row)),
        el("td", {}, state.doc.status[row.id] ?? ""))))));
  }));
}

function headline(kind, row) {
  if (kind === "claims") return `${row.text} ${row.measure ?? ""}`;
  return row.text ?? row.name;
}

function drawRecord() {
  const found = record(state.chosen);
  if (!found) {
    byId("record").replaceChildren(el("p", {}, "That record was not found."));
    return;
  }
  const { kind, row } = found;
  const flags = state.doc.found.flags.filter((flag) => flag.record === row.id);
  byId("record").replaceChildren(
    el("p", {}, el("strong", {}, `${ONE[kind]} ${row.id} `), el("span", { class: "status" }, state.doc.status[row.id] ?? "open")),
    ...flags.map((flag) => el("p", {}, el("span", { class: "flag" }, flag.code), flag.message ?? "")),
    el("div", { class: "actions" },
      el("button", { type: "button", class: "main", onclick: () => decide("accept") }, "Accept"),
      el("button", { type: "button", onclick: () => decide("reject") }, "Reject"),
      el("button", { type: "button", onclick: edit }, "Edit")),
    el("dl", {}, ...shownFields(row).map(([name, value]) => el("div", {}, el("dt", {}, name.replaceAll("_", " ")), el("dd", { dir: "auto" }, show(value, state.doc.records), source(row, name))))),
    el("p", { class: "why" }, WHY(row)));
}

// Where in the text a slot was read, in its own words.
function source(row, name) {
  const where = row.evidence?.[name];
  return where ? el("small", {}, ` from “${where.text}”`) : null;
}

async function decide(verdict, fields) {
  const id = state.chosen;
  const name = state.doc?.identities[id];
  if (!name) return;
  const done = await ask("/api/decide", { doc_id: state.docId, record: name, verdict, fields });
  if (!done) return;
  say(`${verdict === "edit" ? "correct" : verdict}ed: ${name.value}`);
  await openRecord(state.docId, id, { fresh: true });
  const row = state.rows[state.at];
  const next = row && row.id === id && row.doc_id === state.docId;
  await refreshRow();
  if (next && verdict !== "edit") await choose(Math.min(state.at + 1, state.rows.length - 1));
}

async function refreshRow() {
  const row = state.rows[state.at];
  if (row && row.doc_id === state.docId) row.status = state.doc.status[row.id] ?? "";
  drawQueue();
  const data = await ask(`/api/queue?${new URLSearchParams({ ...wanted(), page: state.page })}`);
  if (data) offerFilters(data.counts);
}

function edit() {
  const found = record(state.chosen);
  if (!found) return;
  form(found.kind, found.row, (fields) => decide("edit", fields));
}

function form(kind, row, save) {
  const node = el("form", { onsubmit: (event) => {
    event.preventDefault();
    save(readFields(node, kind, row));
  } },
  ...fieldInputs(kind, row, state.doc.records, el),
  el("div", { class: "actions" }, el("button", { class: "main" }, "Save"), el("button", { type: "button", onclick: drawRecord }, "Cancel")));
  byId("record").replaceChildren(el("h3", {}, row.id ? `Edit ${row.id}` : `New ${ONE[kind]}`), node);
  node.querySelector("input, select, textarea")?.focus();
}

function add() {
  const range = state.doc && (selectedRange(byId("text")) ?? state.picked);
  if (!range) {
    say("Select some of the text first, then press n.");
    return;
  }
  const text = codePoints(state.doc.text).slice(range.start, range.end).join("");
  byId("record").replaceChildren(el("h3", {}, "New record"), el("p", { dir: "auto" }, text),
    el("div", { class: "actions" }, ...KINDS.map((kind) => el("button", { type: "button", onclick: () => addAs(kind, range, text) }, ONE[kind]))));
  byId("record").querySelector("button").focus();
}

function addAs(kind, range, text) {
  const named = ["regions", "people", "organisations", "programmes"].includes(kind);
  const row = named ? { name: text, [kind === "programmes" ? "first" : "start"]: range.start } : { text, start: range.start, end: range.end };
  form(kind, row, async (fields) => {
    const done = await ask("/api/decide", { doc_id: state.docId, record: { kind }, verdict: "add", fields: { ...row, ...fields } });
    if (!done) return;
    say(`added: ${text}`);
    await openRecord(state.docId, state.chosen, { fresh: true });
    await loadQueue({ keep: true });
  });
}

async function step(path) {
  const data = await ask(path, {});
  if (!data) return;
  say(data.doc_id ? `${path.endsWith("undo") ? "undone" : "redone"}: ${data.value}` : "nothing to take back");
  await loadQueue();
  const [docId, id] = data.id ? [data.doc_id, data.id] : [state.docId, state.chosen];
  state.at = state.rows.findIndex((row) => row.doc_id === docId && row.id === id);
  drawQueue();
  if (docId) await openRecord(docId, id, { fresh: true });
}

function acceptAll() {
  byId("sure-text").textContent = `${state.total} records that the filter shows; those decided on already stay as they are.`;
  byId("sure").showModal();
}

byId("sure").addEventListener("close", async () => {
  if (byId("sure").returnValue !== "yes") return;
  const data = await ask("/api/accept", wanted());
  if (!data) return;
  say(`${data.accepted} accepted`);
  await loadQueue();
  if (state.docId) await openRecord(state.docId, state.chosen, { fresh: true });
});

filters.addEventListener("submit", (event) => event.preventDefault());
let waiting;
filters.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { state.page = 0; loadQueue(); }, 150);
});
byId("earlier").addEventListener("click", () => { state.page -= 1; loadQueue(); });
byId("later").addEventListener("click", () => { state.page += 1; loadQueue(); });
byId("accept-all").addEventListener("click", acceptAll);
byId("undo").addEventListener("click", () => step("/api/undo"));
byId("redo").addEventListener("click", () => step("/api/redo"));
byId("help-open").addEventListener("click", () => byId("help").showModal());
byId("text").addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark && getSelection().isCollapsed) openRecord(state.docId, mark.dataset.ids.split(" ").at(-1));
});
byId("text").addEventListener("mouseup", () => { state.picked = selectedRange(byId("text")); });

// One thing after another: a key that comes before the last one is answered waits, so that it meets the next record.
let last = Promise.resolve();
function inTurn(action) {
  last = last.then(action).catch((error) => say(String(error)));
}

const AT_ONCE = new Set(["/", "?"]);
const KEYS = {
  j: () => choose(Math.min(state.at + 1, state.rows.length - 1)),
  k: () => choose(Math.max(state.at - 1, 0)),
  a: () => decide("accept"),
  r: () => decide("reject"),
  e: edit,
  n: add,
  u: () => step("/api/undo"),
  U: () => step("/api/redo"),
  A: acceptAll,
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape" && typing) {
    typing.blur();
    if (state.chosen && typing.closest("#record")) drawRecord();
  } else if (!typing && KEYS[event.key]) {
    event.preventDefault();
    if (AT_ONCE.has(event.key)) KEYS[event.key]();
    else inTurn(KEYS[event.key]);
  }
});

await loadQueue();
if (state.rows.length) await choose(0);

// The text of an article with its marks. The records count in code points, scripts in UTF-16 units: all counting of
// text is done here.
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export function codePoints(text) {
  return Array.from(text);
}

// Cuts the text at every mark's ends; a piece carries the labels and ids of all marks that cover it.
export function cut(text, marks, el) {
  const points = codePoints(text);
  const turning = points.flatMap((point, i) => (TURNING.test(point) ? [i, i + 1] : []));
  const cuts = [...new Set([0, points.length, ...marks.flatMap((m) => [m.start, m.end]), ...turning])].sort((a, b) => a - b);
  const starting = Map.groupBy ? Map.groupBy(marks, (m) => m.start) : groupBy(marks);
  let covering = [];
  const pieces = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    covering = covering.filter((m) => m.end > start).concat((starting.get(start) ?? []).filter((m) => m.end > start));
    pieces.push(piece(points.slice(start, end).join(""), start, covering, el));
  }
  return pieces;
}

function groupBy(marks) {
  const out = new Map();
  for (const mark of marks) out.set(mark.start, [...(out.get(mark.start) ?? []), mark]);
  return out;
}

// A character that would turn the text round is shown by its number.
function piece(text, start, marks, el) {
  const inner = TURNING.test(text)
    ? el("span", { class: "control", "data-name": `U+${text.codePointAt(0).toString(16).toUpperCase()}` })
    : text;
  if (marks.length === 0) return el("span", { "data-start": start }, inner);
  const longestFirst = [...marks].sort((a, b) => (b.end - b.start) - (a.end - a.start));
  return el("mark", {
    "data-start": start,
    class: [...new Set(longestFirst.map((m) => m.label))].join(" "),
    "data-ids": [...new Set(longestFirst.map((m) => m.id))].join(" "),
    title: longestFirst.map((m) => m.title ?? m.label.replace(" chosen", "")).join(", "),
  }, inner);
}

// The selection inside `root` as code point offsets, or null where nothing is selected there.
export function selectedRange(root) {
  const selection = getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0 || !root.contains(selection.anchorNode) || !root.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { start, end } : null;
}

function offsetOf(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[offset];
    const next = (child?.nodeType === Node.ELEMENT_NODE ? child : node).closest?.("[data-start]") ?? child?.querySelector?.("[data-start]");
    return next ? Number(next.dataset.start) : null;
  }
  const holder = node.parentElement.closest("[data-start]");
  return holder ? Number(holder.dataset.start) + codePoints(node.data.slice(0, offset)).length : null;
}

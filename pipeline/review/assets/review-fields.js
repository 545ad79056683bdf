// The fields of a record: how they are shown, and the form that edits them.
const HIDDEN = new Set(["id", "evidence", "rule", "confidence", "candidates", "members", "mentions", "sentence", "start", "end", "first", "cue_start", "cue_end", "text"]);
const LISTS = new Set(["roles"]);
const NUMBERS = new Set(["value", "value_high", "declared_regions", "latitude", "longitude", "start", "end", "first"]);
const TRUTHS = new Set(["resolved", "is_author"]);
const CHOICES = {
  claims: { kind: ["count", "money", "measure", "percent", "multiple", "rank"], comparator: ["=", "~", ">", ">=", "<", "<="], change: ["", "increase", "decrease"], relation: ["", "part_of", "equivalent", "compared_with"] },
  regions: { kind: ["country", "continent", "province", "municipality", "autonomous_region", "special_administrative_region", "prefecture", "county", "area", "zone", "other"] },
  organisations: { kind: ["government", "party", "company", "association", "media", "academic", "international", "military", "other"] },
  dates: { type: ["DATE", "TIME", "DURATION", "SET"] },
  statements: { mode: ["direct", "indirect", "mixed"], speaker_kind: ["", "person", "organisation", "document", "group"] },
  programmes: { kind: ["pilot_program", "pilot_zone", "free_trade_zone", "plan", "policy"] },
};
const LINKS = {
  people: { organisation: ["organisations"] },
  organisations: { parent: ["organisations"], region: ["regions"] },
  claims: { regions: ["regions"], date: ["dates"], date_until: ["dates"], speaker: ["people", "organisations"], related: ["claims"] },
  statements: { speaker: ["people", "organisations"] },
  programmes: { initiators: ["organisations"], regions: ["regions"] },
};
const SEVERAL = new Set(["regions", "initiators"]);
const FIELDS = {
  regions: ["name", "kind", "iso_code", "adcode", "parent"],
  people: ["name", "family_name", "given_name", "roles", "organisation", "resolved", "is_author"],
  organisations: ["name", "kind", "parent", "region"],
  dates: ["start", "end", "type", "value", "mod", "earliest", "latest"],
  claims: ["start", "end", "value", "value_high", "unit", "kind", "measure", "comparator", "modifier", "change", "basis", "regions", "date", "date_until", "speaker", "related", "relation"],
  statements: ["start", "end", "speaker", "speaker_text", "speaker_kind", "mode"],
  programmes: ["name", "kind", "topic", "initiators", "start", "end", "regions", "declared_regions"],
};

export function shownFields(row) {
  return Object.entries(row).filter(([name, value]) => (!HIDDEN.has(name) || (row.first !== undefined && ["start", "end"].includes(name))) && value !== null && !(Array.isArray(value) && value.length === 0));
}

export function show(value, records) {
  if (Array.isArray(value)) return value.map((one) => show(one, records)).join("; ");
  if (value === true) return "yes";
  if (value === false) return "no";
  const named = typeof value === "string" && /^[rpodcsg]\d+$/.test(value) ? find(value, records) : null;
  return named ? `${label(named)} (${value})` : String(value);
}

function find(id, records) {
  for (const kind of ["regions", "people", "organisations", "dates", "claims", "statements", "programmes"]) {
    const row = records[kind].find((one) => one.id === id);
    if (row) return row;
  }
  return null;
}

function label(row) {
  return (row.name ?? row.text).slice(0, 60);
}

export function WHY(row) {
  const sure = `Found by the rule “${row.rule || "unnamed"}”, which is taken to be right in ${Math.round(row.confidence * 100)} of 100 cases.`;
  const others = row.candidates?.length ? ` Also considered: ${row.candidates.join(", ")}.` : "";
  return sure + others;
}

export function fieldInputs(kind, row, records, el) {
  return FIELDS[kind].map((name) => el("label", {}, name.replaceAll("_", " "), input(kind, name, row[name], records, el)));
}

function input(kind, name, value, records, el) {
  const date = kind === "programmes" && ["start", "end"].includes(name);
  const links = LINKS[kind]?.[name];
  if (links) return linkInput(name, value, links.flatMap((one) => records[one]), el);
  const choices = TRUTHS.has(name) ? ["true", "false"] : CHOICES[kind]?.[name];
  if (choices) {
    return el("select", { name }, ...choices.map((choice) => el("option", { value: choice, selected: String(value ?? "") === choice }, choice || "none")));
  }
  const text = LISTS.has(name) ? (value ?? []).join("; ") : value ?? "";
  return el("input", { name, value: String(text), inputmode: NUMBERS.has(name) && !date && kind !== "dates" ? "decimal" : false });
}

function linkInput(name, value, rows, el) {
  const several = SEVERAL.has(name);
  const chosen = several ? value ?? [] : [value];
  const options = rows.map((row) => el("option", { value: row.id, selected: chosen.includes(row.id) }, `${label(row)} (${row.id})`));
  return el("select", { name, multiple: several, size: several ? Math.min(6, Math.max(2, rows.length)) : false },
    ...(several ? [] : [el("option", { value: "" }, "none")]), ...options);
}

// The fields that differ from what the record has.
export function readFields(form, kind, row) {
  const out = {};
  for (const name of FIELDS[kind]) {
    const field = form.elements[name];
    const value = read(kind, name, field);
    const before = row[name] ?? (field.multiple || LISTS.has(name) ? [] : null);
    if (JSON.stringify(value) !== JSON.stringify(before)) out[name] = value;
  }
  if ("start" in out || "end" in out) {
    if (kind !== "programmes") Object.assign(out, { start: out.start ?? row.start, end: out.end ?? row.end });
  }
  return out;
}

function read(kind, name, field) {
  if (field.multiple) return [...field.selectedOptions].map((option) => option.value);
  const text = field.value.trim();
  if (LISTS.has(name)) return text ? text.split(";").map((one) => one.trim()).filter(Boolean) : [];
  if (TRUTHS.has(name)) return text === "true";
  if (text === "") return null;
  const date = kind === "programmes" && ["start", "end"].includes(name);
  const number = NUMBERS.has(name) && !date && !(kind === "dates" && name === "value");
  return number && text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const { sheet, columns, fields, rows: drawn } = JSON.parse($("data").textContent);
  const NONE = "none";
  const many = new Set(fields.filter((field) => field.many).map((field) => field.name));
  const single = fields.filter((field) => !field.many).map((field) => field.name);
  const byKey = new Map();
  for (const field of fields) for (const { code, key } of field.choices) if (key) byKey.set(key, [field.name, code]);
  const known = new Map(drawn.map((row) => [row.record_id, row]));
  let rows = drawn, coder = "", place = 0, codes = {}, past = [], unsaved = false, keeps = true;
  // Of a sheet to settle: record → field → who said what.
  let disputes = new Map();

  // What the browser keeps: codes by sheet and coder.
  const slot = (name) => ["cxreport-coding", sheet, name].join("/");
  const stored = (name) => { try { return localStorage.getItem(slot(name)); } catch { keeps = false; return null; } };
  const store = (name, value) => { try { localStorage.setItem(slot(name), value); } catch { keeps = false; } };
  const FORGETS = "This browser keeps nothing between visits: save the CSV before you close the page.";
  const say = (text) => {
    $("note").textContent = text || (keeps ? "" : FORGETS);
    $("note").hidden = !$("note").textContent;
  };

  const given = (row, field) => (codes[row.record_id] || {})[field];
  const asked = (row) => disputes.get(row.record_id);
  const isDone = (row) => asked(row) ? Object.keys(asked(row)).every((field) => given(row, field)) :
    given(row, "voice") === "other" || (single.length ? single.every((field) => given(row, field)) : fields.some((field) => given(row, field.name)));

  function set(row, field, value, joined) {
    past.push({ id: row.record_id, field, before: given(row, field), joined });
    put(row.record_id, field, value);
  }
  function put(id, field, value) {
    const mine = codes[id] = codes[id] || {};
    if (value === undefined) delete mine[field]; else mine[field] = value;
    unsaved = true;
    store(coder, JSON.stringify(codes));
    if (!keeps) say();
  }
  function toggle(row, field, code) {
    const now = given(row, field);
    if (!many.has(field)) return set(row, field, now === code ? undefined : code);
    const list = (now || []).filter((other) => other !== code && (other === NONE) === (code === NONE));
    if (!(now || []).includes(code)) list.push(code);
    set(row, field, list.length ? list : undefined);
  }
  function undo() {
    let step;
    do {
      step = past.pop();
      if (!step) return;
      put(step.id, step.field, step.before);
    } while (step.joined);
    show(rows.findIndex((row) => row.record_id === step.id));
  }
  function finish() {
    const row = rows[place];
    const open = isDone(row) && !asked(row) ? [...many].filter((field) => !given(row, field)) : [];
    open.forEach((field, i) => set(row, field, [NONE], i > 0));
    const order = rows.map((_, i) => (place + 1 + i) % rows.length);
    const next = order.find((i) => !isDone(rows[i]));
    if (next === undefined) { show(place); say("Every text is coded. Save the CSV."); } else show(next);
  }

  function show(index) {
    place = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[place];
    $("place").textContent = [`Text ${place + 1} of ${rows.length}`, row.channel, row.month].filter(Boolean).join(" · ");
    $("title").textContent = row.title || "";
    $("title").hidden = !row.title;
    $("asked").textContent = row.answers || "";
    $("answers").hidden = !row.answers;
    $("text").textContent = row.text || "";
    $("text").scrollTop = 0;
    if ($("text").scrollHeight > $("text").clientHeight) $("text").tabIndex = 0; else $("text").removeAttribute("tabindex");
    say();
    mark();
  }
  function mark() {
    const row = rows[place];
    for (const input of $("codes").elements) {
      if (input.tagName === "FIELDSET") {
        const said = asked(row) && asked(row)[input.name];
        input.hidden = Boolean(asked(row)) && !said;
        input.querySelector(".said").textContent = said || "";
      }
      if (input.tagName !== "INPUT") continue;
      const now = given(row, input.name);
      input.checked = many.has(input.name) ? (now || []).includes(input.value) : now === input.value;
    }
    const done = rows.filter(isDone).length;
    $("progress").max = rows.length;
    $("progress").value = done;
    $("count").textContent = `${done} of ${rows.length} coded`;
    $("back").disabled = place === 0;
    $("on").disabled = place === rows.length - 1;
    $("undo").disabled = !past.length;
  }

  // The form: one fieldset a field, every choice with its key.
  const element = (tag, text, options) => Object.assign(document.createElement(tag), { textContent: text || "" }, options);
  for (const field of fields) {
    const set = element("fieldset", "", { name: field.name }), choices = element("div", "", { className: "choices" });
    set.append(element("legend", field.title), element("p", "", { className: "said quiet" }), choices);
    for (const { code, means, key } of field.choices) {
      const label = element("label", "", { className: "choice" }), words = element("span", code);
      const input = element("input", "", { type: field.many ? "checkbox" : "radio", name: field.name, value: code });
      if (means && means !== code) words.append(element("small", means));
      label.append(input, words);
      if (key) label.append(element("kbd", key));
      choices.append(label);
    }
    $("codes").append(set);
  }
  $("codes").addEventListener("change", ({ target }) => { toggle(rows[place], target.name, target.value); mark(); });
  $("codes").addEventListener("submit", (event) => event.preventDefault());

  // CSV out and in.
  const cell = (value) => /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  function line(row) {
    const mine = { ...row, coder, ...codes[row.record_id] };
    return columns.map((name) => many.has(name) ? (mine[name] || []).join(";") : String(mine[name] ?? "")).map(cell).join(",");
  }
  function save() {
    const text = "\ufeff" + [columns.join(","), ...rows.map(line)].join("\n") + "\n";
    const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const name = coder.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "coder";
    element("a", "", { href, download: `${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
    unsaved = false;
    say(`Saved as ${name}.csv: put it into the folder of the coding sheets.`);
  }
  function parse(text) {
    const out = [[]];
    for (const [, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
      out.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (end !== ",") { if (end === "") break; out.push([]); }
    }
    const [header, ...lines] = out.filter((cells) => cells.some(Boolean));
    return (lines || []).map((cells) => Object.fromEntries((header || []).map((name, i) => [name.trim(), (cells[i] || "").trim()])));
  }
  const said = (row) => Object.fromEntries(
    fields.map(({ name }) => [name, row[`said_${name}`]]).filter(([, words]) => words));
  async function load(file) {
    const found = parse(await file.text()).filter((row) => known.has(row.record_id));
    const names = [...new Set(found.map((row) => row.coder).filter(Boolean))];
    const name = names.includes(coder) ? coder : names[0];
    if (names.length > 1 && name !== coder) return say(`Several people coded this file (${names.join(", ")}): start with one of these names first.`);
    if (!name) return say("No row of that file belongs to this sheet.");
    const mine = found.filter((other) => other.coder === name);
    disputes = new Map(mine.map((row) => [row.record_id, said(row)]).filter(([, fields]) => Object.keys(fields).length));
    begin(name);
    for (const row of mine) {
      for (const { name: field, choices } of fields) {
        const allowed = (row[field] || "").split(";").map((code) => code.trim()).filter((code) => choices.some((c) => c.code === code));
        if (allowed.length) put(row.record_id, field, many.has(field) ? allowed : allowed[0]);
      }
    }
    unsaved = false;
    show(Math.max(0, rows.findIndex((row) => !isDone(row))));
    say(`${file.name} is read: ${rows.filter(isDone).length} texts are coded.`);
  }
  function begin(name) {
    coder = name.trim().replace(/^[=+\-@\s]+/, "") || "coder";
    store("", coder);
    try { codes = JSON.parse(stored(coder) || "{}") || {}; } catch { codes = {}; }
    past = [];
    rows = disputes.size ? drawn.filter(asked) : drawn;
    $("who").textContent = coder;
    $("start").hidden = true;
    $("work").hidden = $("tools").hidden = false;
    show(Math.max(0, rows.findIndex((row) => !isDone(row))));
    $("record").focus();
  }

  $("start").addEventListener("submit", (event) => {
    event.preventDefault();
    disputes = new Map();
    begin($("coder").value);
  });
  for (const id of ["open", "resume"]) $(id).addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", ({ target }) => { if (target.files.length) load(target.files[0]); target.value = ""; });
  $("save").addEventListener("click", save);
  $("undo").addEventListener("click", undo);
  $("back").addEventListener("click", () => show(place - 1));
  $("on").addEventListener("click", () => show(place + 1));
  $("done").addEventListener("click", finish);
  $("help").addEventListener("click", () => $("keys").showModal());
  addEventListener("beforeunload", (event) => { if (unsaved && !keeps) event.preventDefault(); });

  const moves = {
    j: () => show(place + 1), ArrowRight: () => show(place + 1), k: () => show(place - 1), ArrowLeft: () => show(place - 1),
    u: undo, "?": () => $("keys").showModal(), Enter: finish,
  };
  // On keyboards without Latin letters the place of the key counts.
  function pressed(event) {
    if (event.key.length > 1 || /[ -~]/.test(event.key)) return event.key;
    const letter = (/^Key([A-Z])$/.exec(event.code) || [])[1];
    return letter ? (event.shiftKey ? letter : letter.toLowerCase()) : event.key;
  }
  addEventListener("keydown", (event) => {
    if ($("work").hidden || $("keys").open || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = pressed(event), [field, code] = byKey.get(key) || [];
    if (key === "Enter" && event.target.closest("button")) return;
    const here = field && (!asked(rows[place]) || asked(rows[place])[field]);
    if (moves[key]) moves[key](); else if (here) { toggle(rows[place], field, code); mark(); } else return;
    event.preventDefault();
  });

  $("start").hidden = false;
  $("coder").value = stored("") || "";
  $("coder").focus();
})();

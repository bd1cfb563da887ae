/* The evidence explorer. `evidence/columns.js` holds all records as columns of codes, `evidence/texts-N.js` what 500 of
   them say; both are classic scripts, so that it works from file://. What is shown is in the address: #of=NUMBER&channel=x */
(function () {
  "use strict";

  var PAGE = 20;
  var FACETS = ["source_id", "channel", "moment", "theme", "sentiment", "lang"];
  var here = document.currentScript.src.replace(/[^/]*$/, "");
  var cx = window.cxreport = window.cxreport || {};
  var root = document.getElementById("explorer");
  var form = root.querySelector("fieldset");
  var found = root.querySelector(".found");
  var list = document.getElementById("records");
  var more = document.getElementById("more");
  var about = document.getElementById("about");
  var language = document.documentElement.lang.replace(/^en$/, "en-GB");
  var number = new Intl.NumberFormat(language);
  var data, columns, themes, rows, shown, turn = 0, texts = {};

  /* ---- loading */

  function load(name) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = here + "evidence/" + name + ".js";
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function chunk(at) {
    var place = Math.floor(at / data.chunk);
    if (!texts[place]) texts[place] = {ready: load("texts-" + place)};
    return texts[place].ready;
  }

  cx.texts = function (place, given) { texts[place].rows = given; };
  cx.evidence = function (given) {
    data = given;
    columns = {theme: codes(data.labels), marks: codes(data.marks)};
    FACETS.concat("entity").forEach(function (name) {
      if (data.facets[name]) columns[name] = codes(data.facets[name]);
    });
    themes = data.labels.pairs.map(function (pair, at) { return {at: at, kind: pair[0], label: pair[1], name: pair[2]}; })
      .filter(function (pair) { return pair.kind === "themes"; });
    options();
    read();
  };

  /* Places in the list of values, written with one to three characters each */
  function codes(column) {
    var width = column.codes.length / data.rows || 1;
    var places = new (column.values.length < 256 ? Uint8Array : Uint32Array)(data.rows);
    var letters = new Uint8Array(128);
    for (var at = 0; at < data.alphabet.length; at++) letters[data.alphabet.charCodeAt(at)] = at;
    for (var row = 0, next = 0; row < data.rows; row++) {
      for (var digit = 0, place = 0; digit < width; digit++) {
        place = place * data.alphabet.length + letters[column.codes.charCodeAt(next++)];
      }
      places[row] = place;
    }
    return {places: places, size: column.values.length, values: column.values};
  }

  /* ---- the filter */

  /* Which of a column's values pass, as a table */
  function passing(column, test) {
    var table = new Uint8Array(column.size);
    for (var at = 0; at < column.size; at++) table[at] = test(column.values[at], at) ? 1 : 0;
    return table;
  }

  function bit(digits, mark) {
    var pair = parseInt(digits.substr(2 * (mark >> 3), 2), 16);
    return pair & (128 >> (mark & 7));
  }

  /* What must hold whatever people choose: the records behind one number */
  function asked(set) {
    var tests = [];
    if (!set) return tests;
    Object.keys(data.facets).forEach(function (name) {
      if (set[name]) tests.push({of: columns[name], pass: passing(columns[name], function (_, at) { return set[name].includes(at); })});
    });
    if (set.marks.length) {
      tests.push({of: columns.marks, pass: passing(columns.marks, function (value) {
        return set.marks.every(function (mark) { return bit(value, mark); });
      })});
    }
    set.labels.forEach(function (label) {
      tests.push({of: columns.theme, pass: passing(columns.theme, function (value) { return value.includes(label); })});
    });
    return tests;
  }

  function chosen(state, name) {
    var column = columns[name], wanted = state[name];
    var pass = null;
    if (wanted && name === "theme") {
      var theme = themes.find(function (one) { return one.label === wanted; });
      pass = passing(column, function (value) { return theme && value.includes(theme.at); });
    } else if (wanted) {
      pass = passing(column, function (value) { return (value === null ? "?" : value) === wanted; });
    }
    return {of: column, pass: pass, counts: new Uint32Array(column.size)};
  }

  /* First row of a month, or of the one after it */
  function row(month, after) {
    var at = data.months.findIndex(function (one) { return one[0] === month; }) + (after ? 1 : 0);
    return at < data.months.length ? data.months[at][1] : data.rows;
  }

  /* One walk through the rows, newest first: those that pass, and for each filter how many records each of its values
     would leave, which are those that fail no other filter */
  function filter(state) {
    var set = data.sets[state.of], fixed = asked(set);
    var free = FACETS.map(function (name) { return chosen(state, name); });
    var first = Math.max(set ? set.from : 0, state.from ? row(state.from, false) : 0);
    var last = Math.min(set ? set.to : data.rows, state.to ? row(state.to, true) : data.rows);
    var hits = new Uint32Array(data.rows), n = 0, at, test, fails, which;
    walk: for (var r = last - 1; r >= first; r--) {
      for (at = 0; at < fixed.length; at++) if (!fixed[at].pass[fixed[at].of.places[r]]) continue walk;
      for (at = 0, fails = 0; at < free.length; at++) {
        test = free[at];
        if (test.pass && !test.pass[test.of.places[r]]) {
          if (fails++) continue walk;
          which = at;
        }
      }
      if (fails) {
        free[which].counts[free[which].of.places[r]]++;
      } else {
        hits[n++] = r;
        for (at = 0; at < free.length; at++) free[at].counts[free[at].of.places[r]]++;
      }
    }
    return {rows: hits.subarray(0, n), counts: free.map(function (one) { return one.counts; })};
  }

  /* ---- the form */

  function choices(name) {
    if (name === "theme") return themes.map(function (theme) { return [theme.label, theme.name]; });
    if (name === "from" || name === "to") {
      return data.months.filter(function (one) { return one[0]; }).map(function (one) { return [one[0], month(one[0])]; });
    }
    return data.facets[name].values.map(function (value, at) { return [value === null ? "?" : value, data.facets[name].names[at]]; });
  }

  function month(text) {
    return new Intl.DateTimeFormat(language, {year: "numeric", month: "long", timeZone: "UTC"}).format(new Date(text + "-01"));
  }

  function options() {
    Array.from(form.elements).forEach(function (select) {
      if (!select.name) return;
      select.add(new Option(select.dataset.all, ""));
      choices(select.name).forEach(function (choice) {
        var option = new Option(choice[1], choice[0]);
        option.dataset.name = choice[1];
        select.add(option);
      });
    });
  }

  function tell(counts) {
    FACETS.forEach(function (name, place) {
      var by = new Map();
      if (name === "theme") {
        var sums = new Uint32Array(data.labels.pairs.length);
        counts[place].forEach(function (count, code) {
          if (count) columns.theme.values[code].forEach(function (label) { sums[label] += count; });
        });
        themes.forEach(function (theme) { by.set(theme.label, sums[theme.at]); });
      } else {
        counts[place].forEach(function (count, code) {
          var value = columns[name].values[code];
          by.set(value === null ? "?" : value, count);
        });
      }
      Array.from(form.elements[name].options).slice(1).forEach(function (option) {
        option.text = option.dataset.name + " (" + number.format(by.get(option.value) || 0) + ")";
      });
    });
  }

  /* ---- what is shown, and the address that shows it */

  function state() {
    var values = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    if (!data.sets[values.of]) delete values.of;
    return values;
  }

  function read() {
    var values = state();
    Array.from(form.elements).forEach(function (select) {
      if (!select.name) return;
      select.value = values[select.name] || "";
      if (select.selectedIndex < 0) select.value = "";
    });
    apply();
  }

  function write(of) {
    var values = new URLSearchParams();
    if (of) values.set("of", of);
    Array.from(form.elements).forEach(function (select) { if (select.name && select.value) values.set(select.name, select.value); });
    history.replaceState(null, "", "#" + (values.toString() || "explorer"));
    apply();
  }

  function apply() {
    var values = state(), set = data.sets[values.of];
    var start = performance.now();
    var result = filter(values);
    tell(result.counts);
    performance.measure("filter", {start: start});
    rows = result.rows;
    found.textContent = found.dataset.found.replace("{n}", number.format(rows.length)).replace("{all}", number.format(data.rows));
    about.hidden = !set;
    if (set) {
      about.querySelector("h3").textContent = set.names.join("; ");
      about.querySelector(".said").textContent = set.figure + ". " + set.said;
    }
    list.replaceChildren();
    shown = 0;
    turn++;
    next(false);
  }

  function next(focus) {
    var mine = turn, batch = Array.from(rows.subarray(shown, shown + PAGE));
    more.hidden = true;
    Promise.all(batch.map(chunk)).then(function () {
      if (mine !== turn) return;
      var items = batch.map(record);
      list.append.apply(list, items);
      shown += batch.length;
      more.hidden = shown >= rows.length;
      if (focus && items.length) {
        items[0].tabIndex = -1;
        items[0].focus();
      }
    }, function () { found.textContent += " (!)"; });
  }

  /* ---- one record */

  function make(tag, kind, text) {
    var element = document.createElement(tag);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  }

  /* Text with the tokens of redaction as blocks */
  function redacted(text) {
    var paragraph = make("p");
    text.split(/(\[[a-z]+\])/).forEach(function (part) {
      var token = data.tokens[part.slice(1, -1)];
      paragraph.append(part.charAt(0) === "[" && token ? make("span", "red", token) : part);
    });
    return paragraph;
  }

  function day(text) {
    if (!text) return "";
    var style = {dateStyle: "long", timeZone: "UTC"};
    if (text.length > 10) style.timeStyle = "short";
    return new Intl.DateTimeFormat(language, style).format(new Date(text));
  }

  function value(name, at) {
    var code = columns[name].places[at];
    return columns[name].values[code] === null ? "" : data.facets[name].names[code];
  }

  function record(at) {
    var own = texts[Math.floor(at / data.chunk)].rows[at % data.chunk];
    var lean = columns.sentiment.values[columns.sentiment.places[at]];
    var item = make("li", "record" + (!own[11] && (lean === "positive" || lean === "negative") ? " " + lean : ""));
    if (own[2] || own[3]) {
      var quote = make("blockquote");
      quote.dir = "auto";
      quote.lang = columns.lang.values[columns.lang.places[at]] || "";
      if (own[2]) {
        var title = redacted(own[2]), strong = make("strong");
        strong.append.apply(strong, Array.from(title.childNodes));
        title.append(strong);
        quote.append(title);
      }
      if (own[3]) quote.append(redacted(own[3]));
      item.append(quote);
    } else {
      item.append(make("p", "wordless", found.dataset.wordless));
    }
    item.append(make("p", "origin", [value("channel", at), day(own[1]), own[4], own[11] ? found.dataset.brand : ""].filter(Boolean).join(", ")));
    var company = value("entity", at);
    var told = [
      [own[11] ? "" : value("sentiment", at), own[7]],
      [value("moment", at), own[8]],
      [company && found.dataset.about.replace("{name}", company), own[9]],
    ];
    columns.theme.values[columns.theme.places[at]].forEach(function (label, place) { told.push([data.labels.pairs[label][2], own[10][place]]); });
    var labels = make("p", "told");
    told.filter(function (pair) { return pair[0]; }).forEach(function (pair) {
      var span = make("span", "", pair[0] + " ");
      if (pair[1] !== null) span.append(make("code", "", data.rules[pair[1]]));
      labels.append(span, " ");
    });
    if (labels.childNodes.length) item.append(labels);
    var line = own[6] === null ? "" : found.dataset.row.replace("{row}", own[6]);
    var place = make("p", "place", [value("source_id", at), data.files[own[5]], line].filter(Boolean).join(", ") + ": ");
    place.append(make("span", "nowrap", own[0]));
    item.append(place);
    return item;
  }

  /* ---- */

  form.addEventListener("change", function () { write(state().of); });
  document.getElementById("clear").addEventListener("click", function () {
    Array.from(form.elements).forEach(function (select) { if (select.name) select.value = ""; });
    write(state().of);
  });
  document.getElementById("all").addEventListener("click", function () { write(""); form.elements[0].focus(); });
  more.addEventListener("click", function () { next(true); });
  window.addEventListener("hashchange", function () {
    if (!data) return;
    read();
    if (state().of) about.focus();
  });
  load("columns").catch(function () { root.hidden = true; });
})();

/* Small helps that need scripts: the search box, and saving or citing an exhibit. What they need is in the page already;
   the list of what can be found is loaded when somebody enters the box. Classic script: it works from file://. */
(function () {
  "use strict";

  var here = document.currentScript.src.replace(/[^/]*$/, "");
  var cx = window.cxreport = window.cxreport || {};

  /* ---- numbers lead to their records: with scripts straight into the explorer */

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href^='evidence/']");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    location.href = "evidence.html#of=" + link.getAttribute("href").slice("evidence/".length).replace(/\.html$/, "");
  });

  /* ---- search */

  var box = document.querySelector(".find input");
  var panel = document.querySelector(".find .hits");
  var entries = null;

  cx.index = function (given) {
    entries = given.map(function (entry) {
      return {kind: entry[0], title: entry[1], text: entry[2], href: entry[3], folded: [fold(entry[1]), fold(entry[2])]};
    });
    find();
  };

  function fold(text) {
    return " " + text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ");
  }

  function open() {
    if (entries) return;
    var script = document.createElement("script");
    script.src = here + "index.js";
    document.head.append(script);
  }

  /* Every word must begin a word of the title or of the text; words of titles count more */
  function score(entry, words) {
    var sum = 0;
    for (var at = 0; at < words.length; at++) {
      var word = " " + words[at];
      if (entry.folded[0].includes(word)) sum += 4;
      else if (entry.folded[1].includes(word)) sum += 1;
      else return 0;
    }
    return sum;
  }

  function find() {
    var words = fold(box.value).split(" ").filter(Boolean);
    if (!entries || !words.length) return show(null);
    var hits = entries.map(function (entry) { return [score(entry, words), entry]; })
      .filter(function (pair) { return pair[0]; })
      .sort(function (a, b) { return b[0] - a[0]; }).slice(0, 12);
    show(hits.map(function (pair) { return pair[1]; }));
  }

  function show(hits) {
    panel.hidden = !hits;
    panel.replaceChildren();
    if (!hits) return;
    var told = document.createElement("p");
    told.setAttribute("role", "status");
    told.textContent = hits.length ? panel.dataset.some.replace("{n}", hits.length) : panel.dataset.none;
    var list = document.createElement("ol");
    hits.forEach(function (hit) {
      var item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = new URL("../" + hit.href, here).href;
      link.textContent = hit.title;
      kind.textContent = hit.kind;
      item.append(link, " ", kind);
      list.append(item);
    });
    panel.append(told, list);
  }

  function step(event) {
    if (event.key === "Escape") {
      show(null);
      box.focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var stops = [box].concat(Array.from(panel.querySelectorAll("a")));
    var at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!stops[at]) return;
    event.preventDefault();
    stops[at].focus();
  }

  if (box) {
    box.addEventListener("focus", open);
    box.addEventListener("input", find);
    box.form.addEventListener("keydown", step);
    box.form.addEventListener("submit", function (event) {
      event.preventDefault();
      var first = panel.querySelector("a");
      if (first) first.click();
    });
    document.addEventListener("click", function (event) { if (!box.form.contains(event.target)) show(null); });
  }

  /* ---- saving and citing exhibits */

  var PAPER = "#ffffff", INK = "#1a1c20", GREY = "#474b53", EDGE = 24;
  var SVG = "http://www.w3.org/2000/svg";

  function text(of, selector) {
    var element = of.querySelector(selector);
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  function citation(exhibit) {
    var cite = document.querySelector("meta[name='dcterms.bibliographicCitation']").content;
    var link = exhibit.querySelector(".links a");
    return cite + " " + link.dataset.name + ": " + text(exhibit, ".title") + ". " + link.href;
  }

  function file(exhibit, kind) {
    return exhibit.querySelector(".links a").dataset.file + "." + kind;
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function part(name, attributes, words) {
    var element = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (words) element.textContent = words;
    return element;
  }

  /* Lines of at most `width` pixels */
  function wrap(words, width, font) {
    var brush = document.createElement("canvas").getContext("2d");
    brush.font = font;
    return words.split(" ").reduce(function (lines, word) {
      var longer = lines.length ? lines[lines.length - 1] + " " + word : word;
      if (lines.length && brush.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
      return lines;
    }, []);
  }

  /* The drawing as it is printed, under its title and above its source; text keeps its width in any font */
  function drawing(exhibit) {
    var still = exhibit.querySelector("svg.wide"), copy = still.cloneNode(true);
    var texts = copy.querySelectorAll("text");
    still.querySelectorAll("text").forEach(function (label, at) {
      var width = label.children.length || !label.textContent.trim() ? 0 : label.getComputedTextLength();
      if (width) texts[at].setAttribute("textLength", width.toFixed(1));
      if (width) texts[at].setAttribute("lengthAdjust", "spacingAndGlyphs");
    });
    var size = still.viewBox.baseVal, y = EDGE, face = "Arial, sans-serif";
    var whole = part("svg", {xmlns: SVG, "font-family": face, role: "img"});
    whole.append(part("title", {}, text(exhibit, ".title")));
    whole.append(part("rect", {width: "100%", height: "100%", fill: PAPER}));
    function lines(words, pixels, weight, fill) {
      wrap(words, size.width, weight + " " + pixels + "px " + face).forEach(function (line) {
        y += pixels * 1.3;
        whole.append(part("text", {x: EDGE, y: y, fill: fill, "font-size": pixels, "font-weight": weight}, line));
      });
    }
    lines(text(exhibit, ".title"), 21, "bold", INK);
    if (text(exhibit, ".sub")) lines(text(exhibit, ".sub"), 14, "normal", GREY);
    y += EDGE / 2;
    ["x", "y", "width", "height"].forEach(function (name, at) {
      copy.setAttribute(name, [EDGE, y, size.width, size.height][at]);
    });
    ["class", "role", "aria-labelledby"].forEach(function (name) { copy.removeAttribute(name); });
    whole.append(copy);
    y += size.height + EDGE / 2;
    if (text(exhibit, ".src")) lines(text(exhibit, ".src"), 13, "normal", GREY);
    lines(document.querySelector("meta[name='dcterms.bibliographicCitation']").content, 13, "normal", GREY);
    var box = [0, 0, size.width + 2 * EDGE, Math.ceil(y + EDGE)];
    whole.setAttribute("viewBox", box.join(" "));
    whole.setAttribute("width", box[2]);
    whole.setAttribute("height", box[3]);
    return {markup: new XMLSerializer().serializeToString(whole), width: box[2], height: box[3]};
  }

  function png(exhibit) {
    var made = drawing(exhibit), image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.markup);
    return image.decode().then(function () {
      var canvas = document.createElement("canvas");
      canvas.width = 2 * made.width;
      canvas.height = 2 * made.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { save(blob, file(exhibit, "png")); });
    });
  }

  /* Text that a spreadsheet would take for a formula begins with an apostrophe; numbers with a sign stay numbers */
  function cell(words) {
    var safe = /^[=+\-@\t\r]/.test(words) && !/^[+-]?[\d.,\s]+%?$/.test(words) ? "'" + words : words;
    return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function csv(exhibit) {
    var rows = Array.from(exhibit.querySelectorAll("table tr")).map(function (row) {
      return Array.from(row.cells).map(function (one) { return cell(one.textContent.replace(/\s+/g, " ").trim()); }).join(",");
    });
    save(new Blob(["\ufeff" + rows.join("\r\n") + "\r\n"], {type: "text/csv;charset=utf-8"}), file(exhibit, "csv"));
  }

  function copied(words) {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    var area = document.createElement("textarea");
    area.value = words;
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  var jobs = {
    svg: function (exhibit) { save(new Blob([drawing(exhibit).markup], {type: "image/svg+xml"}), file(exhibit, "svg")); },
    png: png,
    csv: csv,
    cite: function (exhibit, button) {
      var said = button.textContent;
      return copied(citation(exhibit)).then(function () {
        button.textContent = button.dataset.done;
        setTimeout(function () { button.textContent = said; }, 2000);
      });
    },
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-save]");
    if (button) jobs[button.dataset.save](button.closest(".exhibit"), button);
  });
})();

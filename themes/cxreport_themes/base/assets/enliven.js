/* Charts that answer the pointer. Each stands on the page as a finished drawing; the first time somebody points at one
   (or touches it), Vega and its specification are loaded and a live drawing is laid over it, with tooltips.
   A classic script, without fetch and eval, so that it works from file:// and under a strict policy. */
(function () {
  "use strict";

  var here = document.currentScript.src.replace(/[^/]*$/, "");
  var loading = {};
  var tip = null;

  function load(path) {
    if (!loading[path]) {
      loading[path] = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = here + path;
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      });
    }
    return loading[path];
  }

  function hide() {
    if (tip) tip.hidden = true;
  }

  /* Text only, and inside the window */
  function show(event, text) {
    if (!tip) {
      tip = document.createElement("div");
      tip.className = "tip";
      tip.setAttribute("aria-hidden", "true");
      document.body.append(tip);
    }
    tip.textContent = text;
    tip.hidden = false;
    var edge = document.documentElement.clientWidth - tip.offsetWidth - 8;
    var top = event.pageY - tip.offsetHeight - 14;
    tip.style.left = Math.max(8, Math.min(event.pageX + 12, edge)) + "px";
    tip.style.top = (top < window.scrollY + 4 ? event.pageY + 20 : top) + "px";
  }

  function words(value) {
    if (value === null || typeof value !== "object") return String(value);
    return Object.keys(value).map(function (key) { return key + ": " + value[key]; }).join("\n");
  }

  function draw(chart) {
    var name = chart.dataset.live;
    var vega = window.cxreport.vega;
    var still = chart.querySelector("svg.wide");
    var place = document.createElement("div");
    place.className = "live";
    place.setAttribute("aria-hidden", "true");
    var view = new vega.View(vega.parse(window.cxreport.specs[name], null, {ast: true}), {
      expr: vega.expressionInterpreter,
      renderer: "svg",
      container: place,
      hover: true,
      logLevel: 0,
      loader: {load: refuse, sanitize: refuse},
      tooltip: function (_, event, item, value) {
        if (value === null || value === undefined || value === "") hide();
        else show(event, words(value));
      },
    });
    return view.runAsync().then(function () {
      var live = place.querySelector("svg");
      live.setAttribute("class", "wide");
      live.removeAttribute("role");
      still.classList.add("drawn");
      chart.append(place);
      chart.classList.add("lively");
      chart.addEventListener("pointerleave", hide);
    });
  }

  function refuse() {
    return Promise.reject(new Error("charts ask nobody"));
  }

  function enliven(chart) {
    if (chart.dataset.state || !chart.querySelector("svg.wide").getClientRects().length) return;
    chart.dataset.state = "loading";
    Promise.all([load("vega.js"), load("live/" + chart.dataset.live + ".js")])
      .then(function () { return draw(chart); })
      .then(function () { chart.dataset.state = "live"; })
      .catch(function () { chart.dataset.state = "still"; });   /* the drawing that is there stays */
  }

  document.querySelectorAll(".chart[data-live]").forEach(function (chart) {
    ["pointerenter", "focusin", "touchstart"].forEach(function (kind) {
      chart.addEventListener(kind, function () { enliven(chart); }, {once: true, passive: true});
    });
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  window.addEventListener("scroll", hide, {passive: true});
})();

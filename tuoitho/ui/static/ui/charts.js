// Draws every [data-chart] with ECharts, from the options in its json_script element.
(function () {
  "use strict";

  const COLOURS = ["#0b5cad", "#d9480f", "#2b8a3e", "#862e9c", "#b08900", "#0c8599", "#c2255c"];
  let library = null;

  function load(address) {
    library ||= new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    return library;
  }

  const number = new Intl.NumberFormat(document.documentElement.lang || "vi");

  function draw(place) {
    const options = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = window.echarts.init(place, null, { renderer: "svg" });
    if (options.legend && !Array.isArray(options.legend)) {
      options.legend = { top: 0, ...options.legend };
    }
    chart.setOption({
      color: COLOURS,
      animation: false,
      textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", valueFormatter: (v) => (v == null ? "–" : number.format(v)) },
      ...options,
    });
    new ResizeObserver(() => chart.resize()).observe(place);
  }

  async function drawAll(root) {
    for (const place of root.querySelectorAll("[data-chart]:not([data-drawn])")) {
      place.dataset.drawn = "yes";
      await load(place.dataset.library);
      draw(place);
    }
  }

  document.addEventListener("htmx:afterSettle", (event) => drawAll(event.detail.elt));
  drawAll(document);
})();

// Draws every [data-map]: commune outlines coloured by a figure, without tiles from anywhere.
(function () {
  "use strict";

  const SHADES = ["#e3f0fb", "#b3d4f2", "#74aee4", "#2f7fcb", "#0b4f94"];
  const BLANK = "#e9ecef";
  const number = new Intl.NumberFormat(document.documentElement.lang || "vi");

  // Limits of the shades: equal shares of the communes that have a figure.
  function limitsOf(values) {
    const sorted = values.filter((v) => v != null).sort((a, b) => a - b);
    const limits = [];
    for (let i = 1; i < SHADES.length; i++) {
      const limit = sorted[Math.floor((sorted.length * i) / SHADES.length)];
      if (limit != null && limit > (limits.at(-1) ?? sorted[0])) limits.push(limit);
    }
    return limits;
  }

  function shadeOf(value, limits) {
    if (value == null) return BLANK;
    const step = limits.filter((limit) => value >= limit).length;
    const spread = limits.length ? (SHADES.length - 1) / limits.length : 0;
    return SHADES[limits.length ? Math.round(step * spread) : 2];
  }

  function boundsOf(features) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    (function walk(part) {
      if (typeof part[0] === "number") {
        box[0] = Math.min(box[0], part[0]);
        box[1] = Math.min(box[1], part[1]);
        box[2] = Math.max(box[2], part[0]);
        box[3] = Math.max(box[3], part[1]);
      } else {
        part.forEach(walk);
      }
    })(features.map((feature) => feature.geometry.coordinates));
    return box;
  }

  function legend(place, limits, values, noFigure) {
    const known = values.filter((v) => v != null);
    const edges = known.length ? [Math.min(...known), ...limits, Math.max(...known)] : [];
    const entries = edges.slice(0, -1).map((from, i) => [
      shadeOf(from, limits),
      `${number.format(from)} – ${number.format(edges[i + 1])}`,
    ]);
    if (known.length < values.length) entries.push([BLANK, noFigure]);
    place.replaceChildren(
      ...entries.map(function ([colour, text]) {
        const entry = document.createElement("span");
        const square = document.createElement("i");
        square.style.background = colour;
        entry.append(square, text);
        return entry;
      }),
    );
  }

  function popupContent(properties, figure, content, words) {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = properties.name;
    const text = document.createElement("div");
    const shown = figure.value == null ? words.noFigure : number.format(figure.value);
    text.textContent = figure.text || (figure.value == null ? shown : `${shown} ${content.unit}`);
    box.append(name, text);
    if (figure.url) {
      const link = document.createElement("a");
      link.href = figure.url;
      link.textContent = words.open;
      box.append(link);
    }
    return box;
  }

  async function draw(place) {
    const content = JSON.parse(document.getElementById(place.dataset.map).textContent);
    const [maplibre, answer] = await Promise.all([
      import(place.dataset.library),
      fetch(place.dataset.geojson, { credentials: "same-origin" }),
    ]);
    const outlines = await answer.json();
    const figureOf = (feature) => content.values[feature.properties.code] || { value: null };
    const values = outlines.features.map((feature) => figureOf(feature).value);
    const limits = limitsOf(values);
    for (const feature of outlines.features) {
      feature.properties.shade = shadeOf(figureOf(feature).value, limits);
    }
    const map = build(maplibre, place, outlines);
    map.on("click", "fill", function (event) {
      const feature = event.features[0];
      new maplibre.Popup({ maxWidth: "16rem" })
        .setLngLat(event.lngLat)
        .setDOMContent(
          popupContent(feature.properties, figureOf(feature), content, place.dataset),
        )
        .addTo(map);
    });
    legend(document.getElementById(`${place.id}-legend`), limits, values, place.dataset.noFigure);
  }

  function build(maplibre, place, outlines) {
    maplibre.setWorkerUrl(new URL(place.dataset.worker, location.href).href);
    const map = new maplibre.Map({
      container: place,
      attributionControl: false,
      cooperativeGestures: true,
      bounds: boundsOf(outlines.features),
      fitBoundsOptions: { padding: 16 },
      style: {
        version: 8,
        sources: { communes: { type: "geojson", data: outlines } },
        layers: [
          { id: "sea", type: "background", paint: { "background-color": "#f6f8fb" } },
          { id: "fill", type: "fill", source: "communes", paint: { "fill-color": ["get", "shade"] } },
          { id: "edge", type: "line", source: "communes", paint: { "line-color": "#3b4b5c", "line-width": 1 } },
        ],
      },
    });
    map.addControl(new maplibre.NavigationControl({ showCompass: false }));
    return map;
  }

  function addStyle(address) {
    if (document.querySelector(`link[href="${address}"]`)) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    document.head.append(link);
  }

  function drawAll(root) {
    for (const place of root.querySelectorAll("[data-map]:not([data-drawn])")) {
      place.dataset.drawn = "yes";
      addStyle(place.dataset.style);
      draw(place).catch(function (error) {
        console.error(error);
        place.textContent = place.dataset.failed;
        place.classList.add("tt-map-failed");
      });
    }
  }

  document.addEventListener("htmx:afterSettle", (event) => drawAll(event.detail.elt));
  drawAll(document);
})();

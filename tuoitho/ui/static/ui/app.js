// What every page needs of JavaScript: questions before risky buttons, focus after a swap,
// and fetching the chart or map code only where there is a chart or a map.
(function () {
  "use strict";

  const fetched = new Set();
  const failed = document.currentScript ? document.currentScript.dataset.failed : "";

  function fetchScripts(root) {
    for (const place of root.querySelectorAll("[data-script]")) {
      const address = place.dataset.script;
      if (fetched.has(address)) continue;
      fetched.add(address);
      const script = document.createElement("script");
      script.src = address;
      document.head.append(script);
    }
  }

  function focusErrors(root) {
    const summary = root.querySelector(".tt-errors");
    if (summary) summary.focus();
  }

  // On a wide screen filters stand open; the server cannot know the width.
  function openFilters(root) {
    if (!window.matchMedia("(min-width: 768px)").matches) return;
    for (const filters of root.querySelectorAll(".tt-filters")) filters.open = true;
  }

  function prepare(root) {
    fetchScripts(root);
    focusErrors(root);
    openFilters(root);
  }

  // htmx asks hx-confirm by itself; this is for plain forms and their buttons.
  document.addEventListener("submit", function (event) {
    const question =
      (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // A menu opened with <details> closes on Escape and on a click elsewhere.
  function closeMenus(except) {
    for (const menu of document.querySelectorAll(".tt-drawer[open], .tt-person[open]")) {
      if (!except || !menu.contains(except)) menu.open = false;
    }
  }
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = document.querySelector(".tt-drawer[open], .tt-person[open]");
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
  });

  function say(text) {
    const area = document.getElementById("messages");
    if (!area || !text) return;
    const alert = document.createElement("div");
    alert.className = "alert alert-danger";
    alert.setAttribute("role", "alert");
    alert.textContent = text;
    area.replaceChildren(alert);
    area.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:sendError", () => say(failed));
  document.addEventListener("htmx:timeout", () => say(failed));
  document.addEventListener("htmx:responseError", () => say(failed));
  document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.elt));

  prepare(document);
})();

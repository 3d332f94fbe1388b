// Keys on the search page: "/" focuses the question, j and k walk over the clauses, o opens one. Inert while typing.
"use strict";

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function clauseLinks() {
  // A closed <details> has no boxes: its clauses are left out.
  return [...document.querySelectorAll("#results article h3 a")].filter((link) => link.getClientRects().length);
}

function step(by) {
  const links = clauseLinks();
  if (!links.length) return;
  const here = links.findIndex((link) => link.closest("article").contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + by, 0), links.length - 1);
  links[next].focus({ preventScroll: true });
  links[next].closest("article").scrollIntoView({ block: "nearest" });
}

const actions = {
  "/": () => document.getElementById("q").select(),
  j: () => step(1),
  k: () => step(-1),
  o: () => document.activeElement.closest("article")?.querySelector("h3 a").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("results").setAttribute("aria-busy", "true");
  document.getElementById("search-status").textContent = "Searching…";
});
document.addEventListener("htmx:afterRequest", () => document.getElementById("results").removeAttribute("aria-busy"));

function showFailure(reason) {
  document.getElementById("search-status").textContent = `The search did not finish: ${reason} Try again.`;
}
document.addEventListener("htmx:sendError", () => showFailure("the server could not be reached."));
document.addEventListener("htmx:responseError", (event) => {
  if (![422, 503].includes(event.detail.xhr.status)) showFailure(`the server answered ${event.detail.xhr.status}.`);
});

// The search page: its keys, listed in _keys.html, and what is fetched into it.
"use strict";

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

function focusedCard() {
  return document.activeElement.closest("article");
}

// Where no element of the page has the focus, as after a search, a key takes the first clause in view.
function card() {
  const nowhere = document.activeElement.matches("body, #results");
  if (focusedCard() || !nowhere) return focusedCard();
  const link = clauseLinks().find((one) => one.closest("article").getBoundingClientRect().bottom > 0);
  link?.focus({ preventScroll: true });
  return focusedCard();
}

function press(selector) {
  card()?.querySelector(selector)?.click();
}

// The decision is kept, then the next clause is at hand. Only the button itself takes a decision back.
// One that had not the focus gets it, and the next press decides: a key typed too many must not.
function decide(decision) {
  const already = focusedCard();
  if (!card() || !already) return;
  press(`.actions .decide-${decision}[aria-pressed="false"]`); // not on one of the places with the same text
  step(1);
}

// Why, or the clauses around it: one panel a card. The link that opened it also closes it.
const OPENERS = ".action-why, .action-preview";
function showOpened(article, opener) {
  const own = [...article.querySelectorAll(OPENERS)].filter((link) => link.closest("article") === article);
  for (const link of own) link.setAttribute("aria-expanded", link === opener);
}
function closePanel() {
  const panel = document.activeElement.closest(".why-place") ?? focusedCard()?.querySelector(".why-place");
  if (!panel?.firstChild) return;
  panel.replaceChildren();
  const article = panel.closest("article");
  (article.querySelector(`:is(${OPENERS})[aria-expanded="true"]`) ?? article.querySelector(OPENERS)).focus();
  showOpened(article, null);
}
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (!elt.matches(OPENERS) || elt.getAttribute("aria-expanded") !== "true") return;
  event.preventDefault();
  closePanel();
});
document.addEventListener("htmx:afterSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (!target.matches(".why-place")) return;
  const opener = requestConfig.elt;
  if (opener.matches(OPENERS)) {
    showOpened(target.closest("article"), opener);
    target.scrollIntoView({ block: "nearest" });
  }
  else target.querySelector(".near-ways a")?.focus(); // from hit to hit: what had the focus is gone
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.target.focus();
  closePanel();
});

// The box ticked or cleared last, by key or by mouse: from there on "X" goes.
let lastPicked = null;
function pickAsFarAsHere() {
  const here = card()?.querySelector(".pick input");
  if (!here) return;
  const shown = [...document.querySelectorAll("#results .pick input")].filter((box) => box.getClientRects().length);
  const [from, to] = [shown.indexOf(lastPicked), shown.indexOf(here)].sort((a, b) => a - b);
  const ticked = from < 0 ? true : lastPicked.checked;
  for (const box of from < 0 ? [here] : shown.slice(from, to + 1)) box.checked = ticked;
  here.dispatchEvent(new Event("change", { bubbles: true }));
}
document.addEventListener("change", (event) => {
  if (event.target.matches(".pick input")) lastPicked = event.target;
});

// The ticked clauses, else the whole answer. A file comes when the button or link is pressed.
function takeAlong() {
  const ticked = document.querySelector(".pick input:checked") && document.querySelector("[data-take-ticked]");
  (ticked ?? document.querySelector(".export a"))?.focus();
}

const actions = {
  "/": () => document.getElementById("q")?.select(),
  j: () => step(1),
  k: () => step(-1),
  o: () => press("h3 a"),
  a: () => decide("relevant"),
  r: () => decide("not_relevant"),
  u: () => decide("unsure"),
  w: () => press(".action-why"),
  p: () => press(".action-preview"),
  c: () => press(".action-compare"),
  x: () => press(".pick input"),
  X: pickAsFarAsHere,
  e: takeAlong,
  Escape: closePanel,
};

listenToKeys(actions);

// What needs scripting is shown only where there is scripting.
function showScripted() {
  for (const element of document.querySelectorAll("[data-citation]")) element.hidden = false;
  for (const link of document.querySelectorAll(`:is(${OPENERS}):not([aria-expanded])`)) link.setAttribute("aria-expanded", "false");
}
document.addEventListener("DOMContentLoaded", showScripted);
document.addEventListener("htmx:afterSettle", showScripted);

// Over plain http pages are given no clipboard. What is selected can be copied there, else stays to be copied by hand.
function copySelected(button) {
  const field = document.createElement("input");
  field.readOnly = true;
  field.className = "citation-field";
  field.value = button.dataset.citation;
  field.setAttribute("aria-label", "Citation, to be copied");
  button.replaceWith(field);
  field.focus();
  field.select();
  if (!document.execCommand("copy")) return;
  field.replaceWith(button);
  button.textContent = "Copied";
  button.focus();
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-citation]");
  if (!button) return;
  if (!navigator.clipboard) copySelected(button);
  else {
    navigator.clipboard.writeText(button.dataset.citation).then(
      () => (button.textContent = "Copied"),
      () => copySelected(button),
    );
  }
});

// Once it is asked, the keys are for the results. The words stay as they are, also on Escape, which would empty the field;
// what a screen reader hears is how it ended, in #search-status.
function leaveQuestion() {
  document.getElementById("results").focus({ preventScroll: true });
}
document.addEventListener("submit", (event) => {
  if (event.target.id === "search-form") leaveQuestion();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.id !== "q" || event.isComposing) return;
  event.preventDefault();
  leaveQuestion();
});
document.addEventListener("htmx:afterSwap", (event) => {
  const refused = event.detail.target.id === "results" && event.detail.target.querySelector(":scope .problem[role=alert]");
  if (refused && document.activeElement === event.detail.target) document.getElementById("q").focus(); // to be mended
});

// How many are ticked, beside what can be done with them.
document.addEventListener("change", (event) => {
  if (!event.target.closest(".pick")) return;
  const ticked = document.querySelectorAll(".pick input:checked").length;
  for (const place of document.querySelectorAll("[data-ticked]")) place.textContent = ticked ? `${ticked} ticked` : "";
});

// The panels of single clauses are fetched too, and are no search.
function isSearch(event) {
  return event.detail.target.id === "results";
}
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isSearch(event)) return;
  document.getElementById("results").setAttribute("aria-busy", "true");
  // That it searches is shown beside the form. Said aloud is only how it ended, once.
  document.getElementById("search-status").textContent = "";
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isSearch(event)) event.detail.target.removeAttribute("aria-busy");
});

// A search that was being verified asks no more when its own request failed, or one that took its place.
function offerToGoOn() {
  for (const bar of document.querySelectorAll(".verifying-bar")) bar.hidden = true;
  for (const offer of document.querySelectorAll(".verifying-stopped")) offer.hidden = false;
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-go-on]")) return;
  document.getElementById("search-status").textContent = "";
  document.querySelector(".verifying-bar").hidden = false;
  document.querySelector(".verifying-stopped").hidden = true;
  htmx.trigger("#verifying", "go-on");
});

// Said where one pressed: on the card of a clause, else in the line of the search.
function showFailure(event, reason) {
  const status = document.getElementById("search-status"); // only the search page has one
  if (isSearch(event) || event.detail.elt.closest("#verifying")) {
    if (status) status.textContent = `The search did not finish: ${reason} Try again.`;
    offerToGoOn();
    return;
  }
  const panel = event.detail.elt.closest("article")?.querySelector(".why-place");
  if (!panel) return; // what asks by itself, every few seconds, asks again
  const said = document.createElement("p");
  said.className = "problem";
  said.setAttribute("role", "alert");
  said.textContent = `That did not work: ${reason} Try again.`;
  panel.replaceChildren(said);
}
const TOO_LONG = "the question and its filters are too long to be sent. Ask for one rule at a time.";
const AWAY = "the database does not answer; this is mostly over within a minute.";
document.addEventListener("htmx:sendError", (event) => showFailure(event, "the server could not be reached."));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (xhr.getResponseHeader("HX-Reswap") === "none") showFailure(event, AWAY);
  else if (isSearch(event) && [400, 414].includes(xhr.status)) showFailure(event, TOO_LONG);
  else if (![422, 503].includes(xhr.status)) showFailure(event, `the server answered ${xhr.status}.`);
});

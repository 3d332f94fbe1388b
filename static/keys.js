// Single keys of a page. Inert while typing, and when the box "Keys" is not ticked.
"use strict";

function isTyping(target) {
  if (target.type === "checkbox") return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = actions[event.key];
    if (!action || !document.getElementById("keys")?.checked) return;
    event.preventDefault();
    action();
  });
}

// Told only where there is scripting.
document.addEventListener("DOMContentLoaded", () => {
  for (const told of document.querySelectorAll(".keys")) told.hidden = false;
});

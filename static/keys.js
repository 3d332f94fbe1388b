// Single keys of a page, listed beside the box "Keys". Inert while typing, and when that box is not ticked.
"use strict";

const KEYS_OFF = "proviso-keys-off"; // kept by the browser, for all pages

function isTyping(target) {
  if (target.type === "checkbox") return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

// The list beside the box may be far above, or have no room.
function tellKeys() {
  const told = document.createElement("dialog");
  told.className = "keys-told";
  told.setAttribute("aria-label", "Keys of this page");
  const close = document.createElement("button");
  close.textContent = "Close";
  close.className = "button-quiet";
  close.addEventListener("click", () => told.close());
  told.addEventListener("close", () => told.remove());
  told.append(document.querySelector(".key-list").cloneNode(true), close);
  document.body.append(told);
  told.showModal();
}

function listenToKeys(actions) {
  const all = { ...actions, "?": tellKeys };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return; // Esc closes it
    const action = all[event.key];
    if (!action || !document.getElementById("keys")?.checked) return;
    event.preventDefault();
    action();
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("keys");
  if (!box) return;
  box.checked = localStorage.getItem(KEYS_OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "yes");
  });
  box.closest(".keys").hidden = false; // told only where there is scripting
});

// The contracts of a form, found as one types. Without this the button "Show them" asks the server.
"use strict";

const list = document.getElementById("id_contracts");
const find = document.getElementById("id_find");
const said = document.getElementById("scope-said");

function narrow() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let listed = 0;
  for (const row of list.children) {
    const name = row.textContent.toLowerCase();
    const kept = row.querySelector("input")?.checked || words.every((word) => name.includes(word));
    row.hidden = !kept;
    listed += kept ? 1 : 0;
  }
  say(listed);
}

function say(listed) {
  const ticked = list.querySelectorAll("input:checked").length;
  said.textContent = `${ticked} ticked, ${listed} listed.`;
}

if (list && find) {
  find.addEventListener("input", narrow);
  list.addEventListener("change", () => say([...list.children].filter((row) => !row.hidden).length));
  // Enter would press the first button, which only shows contracts.
  find.form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.target.name === "q") find.form.requestSubmit(find.form.querySelector("button:not([name])"));
  });
}

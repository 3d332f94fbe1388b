// Esc closes the explanation of a defined term. It opens again when the pointer or the focus comes to the term anew.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus")) term.classList.add("closed");
});

for (const arrival of ["mouseover", "focusin"]) {
  document.addEventListener(arrival, (event) => {
    const term = event.target.closest(".term");
    if (term && !term.contains(event.relatedTarget)) term.classList.remove("closed");
  });
}

// Keys from hit to hit in a contract, listed above its text.
"use strict";

function stepHit(by) {
  const hits = [...document.querySelectorAll(".hit-flag")].map((flag) => flag.closest(".clause"));
  if (!hits.length) return;
  const here = document.querySelector(".clause:target");
  // From elsewhere in the text: the nearest hit in that direction.
  const beyond = (hit) =>
    !here || here.compareDocumentPosition(hit) & (by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING);
  const next = by > 0 ? hits.find(beyond) : hits.findLast(beyond);
  if (next) location.hash = next.id;
}

listenToKeys({ n: () => stepHit(1), p: () => stepHit(-1) });

/** Read by the page itself: what of it can be pressed and focused, as the browser draws it. Plain JavaScript, since it never passes through Node. */

/** WCAG 2.5.8. */
const leastTargetPixels = 24;
const seen = { visibilityProperty: true, opacityProperty: false };
const named = (one) =>
  `${one.tagName.toLowerCase()} "${(one.getAttribute("aria-label") ?? one.textContent?.trim().replace(/\s+/g, " ") ?? "").slice(0, 50)}"`;

/** While a dialog is open, only what is in it. */
const shown = (selector) =>
  [...(document.querySelector("[role=dialog]") ?? document).querySelectorAll(selector)].filter(
    (one) => one.checkVisibility(seen) && !one.matches(".skip, .visually-hidden") && one.getClientRects().length > 0,
  );

/** Targets that are smaller than they may be. A label around a control is part of it. */
function smallTargets() {
  return shown("a[href], button, input, select, textarea, summary, [role=button], [role=slider]").flatMap((target) => {
    const boxes = [target, target.closest("label")].filter(Boolean).map((one) => one.getBoundingClientRect());
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    if (Math.min(width, height) >= leastTargetPixels - 0.01) return [];
    return [`${named(target)}: ${width.toFixed(1)} × ${height.toFixed(1)}`];
  });
}

/** What hides of the element that has the focus: behind a bar that stays, or its ring beyond a box that cuts. Null where all is seen. */
function hiddenFocus() {
  const focused = document.activeElement;
  // The ring is drawn around the control, or around its label or box where the control itself cannot be seen.
  const ringed = [focused, focused.closest("label"), focused.closest(".box")].find(
    (one) => one && getComputedStyle(one).outlineStyle !== "none" && getComputedStyle(one).opacity !== "0",
  );
  if (!ringed) return `${named(focused)} has no ring`;
  const style = getComputedStyle(ringed);
  const reach = Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
  const box = ringed.getBoundingClientRect();
  for (let above = ringed.parentElement; above && above !== document.body; above = above.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(above);
    const edge = above.getBoundingClientRect();
    const left = edge.left + above.clientLeft;
    const top = edge.top + above.clientTop;
    const isCut = (before, after, from, size) => before - reach < from - 0.6 || after + reach > from + size + 0.6;
    if (overflowX !== "visible" && isCut(box.left, box.right, left, above.clientWidth))
      return `${named(ringed)}: its ring is cut at the side by ${above.className || above.tagName}`;
    const isTaller = box.height > above.clientHeight;
    if (overflowY !== "visible" && !isTaller && isCut(box.top, box.bottom, top, above.clientHeight))
      return `${named(ringed)}: its ring is cut above or below by ${above.className || above.tagName}`;
  }
  // What is higher than half the screen cannot be seen whole beside its bars.
  if (box.height > innerHeight / 2) return null;
  // A link may go over several lines.
  const lines = [...ringed.getClientRects()];
  // Where the pointer passes through, so would the question what is there.
  const own = ringed.style.pointerEvents;
  ringed.style.pointerEvents = "auto";
  const places = [
    [lines[0], box.top + 2],
    [lines.at(-1), box.bottom - 2],
  ].map(([line, y]) => document.elementFromPoint(line.left + Math.min(line.width / 2, 40), y));
  ringed.style.pointerEvents = own;
  for (const at of places) {
    if (!at) return `${named(ringed)} is out of sight`;
    if (!ringed.contains(at) && !at.contains(ringed)) return `${named(ringed)} is behind ${named(at)}`;
  }
  return null;
}

/** Gives the focus to everything that takes it, forwards and backwards, as the keyboard does. */
function hiddenFocuses() {
  // A tip goes with the focus that it belongs to; here the focus moves on before the page has its turn to close it.
  for (const tip of document.querySelectorAll(".strata-tip")) tip.style.display = "none";
  const stops = shown("a[href], button, input, select, textarea, summary, [tabindex='0']").filter(
    (one) => !one.disabled && !(one.type === "radio" && !one.checked),
  );
  return [...stops, ...stops.toReversed()].flatMap((stop) => {
    stop.focus({ focusVisible: true });
    if (document.activeElement !== stop) return [];
    return hiddenFocus() ?? [];
  });
}

globalThis.reach = { smallTargets, hiddenFocuses };

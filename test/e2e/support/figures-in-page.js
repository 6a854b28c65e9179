/**
 * Read by the page itself: every sentence, cell and picture with a number in what the page shows now, or while a dialog is open in that, and what names it:
 * its sentence, the heads over its column and before its row, its term, its table's heads and caption, the headings and sentences of the sheet around it.
 * Whether that is enough, `figure-rule.ts` says. Plain JavaScript, since it never passes through Node.
 */
const text = (one) => one?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const shownIn = (root) => (one) => root.contains(one) && one.checkVisibility({ visibilityProperty: true });

/** What names a cell: its column's head, its row's head, and the table's caption and label. */
function namesOfCell(cell) {
  const table = cell.closest("table");
  const row = cell.closest("tr");
  const heads = [...table.querySelectorAll("thead th, thead td")];
  const place = cell.cellIndex;
  // A head may reach over several columns, and stand above another row of heads.
  const above = [...table.querySelectorAll("thead tr")].flatMap((line) => {
    let column = 0;
    return [...line.cells].filter((head) => {
      const from = column;
      column += head.colSpan;
      return from <= place && place < column;
    });
  });
  // A column of its own may count a row's pictures.
  const counts = heads
    .filter((head) => /\bpictures$/i.test(text(head)) && head.parentElement === heads.at(-1).parentElement)
    .map((head) => `${text(row.cells[head.cellIndex])} pictures`);
  const labels = [table, table.closest("[aria-label]")].map((one) => one?.getAttribute("aria-label") ?? "");
  return {
    own: [...above, ...row.querySelectorAll("th")].map(text).join(" · "),
    around: [text(table.querySelector("caption")), ...counts, ...labels, ...heads.map(text)].join(" · "),
  };
}

/** Headings, sentences and captions of the sheet around it, and of what the sheet is in up to the page's title. */
function namesAround(block) {
  const names = [];
  for (let around = block.parentElement; around && around !== document.body; around = around.parentElement) {
    if (!around.matches("section, figure, fieldset, details, li, main, [role=dialog], [role=region]")) continue;
    const labelled = document.getElementById(around.getAttribute("aria-labelledby") ?? "");
    names.push(text(labelled), around.getAttribute("aria-label") ?? "");
    const isSheet = around.matches("section.sheet, section, figure, [role=dialog], [role=region], li");
    const words = isSheet ? "h1, h2, h3, header p, p, figcaption, summary" : "h1, header p, .over";
    for (const one of around.querySelectorAll(words)) if (!one.contains(block)) names.push(text(one));
    if (around.matches("section.sheet, [role=dialog], body > section")) break;
  }
  return names.join(" · ");
}

function shownNumbers() {
  const root = document.querySelector("[role=dialog]") ?? document.body;
  const isShown = shownIn(root);
  const blocks = new Set();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!/\d/.test(walker.currentNode.textContent) || parent.closest("script, style, option, svg, nav")) continue;
    blocks.add(parent.closest("td, th, dd, li, p, figcaption, caption, h1, h2, h3, summary, button, label") ?? parent);
  }
  for (const picture of root.querySelectorAll("svg[aria-label], [role=img][aria-label]")) blocks.add(picture);
  const found = [];
  for (const block of blocks) {
    if (!isShown(block)) continue;
    const cell = block.closest("td, th");
    const names = cell
      ? namesOfCell(cell)
      : { own: block.previousElementSibling?.matches("dt") ? text(block.previousElementSibling) : "", around: "" };
    const sheet = block.closest("section.sheet, details, [role=dialog]");
    found.push({
      said: block.getAttribute("aria-label") ?? text(block),
      own: names.own,
      around: [names.around, namesAround(block)].join(" · "),
      heading: text(sheet?.querySelector("h2, summary")),
    });
  }
  return { hash: location.hash, found };
}

globalThis.shownNumbers = shownNumbers;

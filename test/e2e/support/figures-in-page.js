/**
 * Read by the page itself: figures of metrics that do not say what they are of, in what the page shows now, or while a dialog is open in that. A figure is a
 * number of two decimals or in percent that a metric's name stands with: in its sentence, over its column, before its row, or as its term. Its split, its
 * number of pictures and its unit must stand there, in its table's heads and caption, or in the headings and sentences of the sheet around it. Plain
 * JavaScript, since it never passes through Node.
 */
const metricName =
  /\b(?:top-[15]|accuracy|(?:top-1|top-5) error|errs?|hard loss|objective|ECE|calibration error|Brier(?: score)?|log score|precision|recall|F1|logit gap|mean confidence)\b/i;
const number = /−?\d+(?:\.\d+)?\s?%|−?\b\d+\.\d{2,}\b/;
const isFraction = /\d\s?%|\bpoints\b|\bfraction\b/;
const splitName = /\b(?:training|validation|test)\b/i;
const pictureCount = /\b\d[\d,]*\s(?:(?:training|validation|test)\s)?pictures?\b/i;
/** Of what is no share: nats, or a number on a scale of its own, which these metrics have. */
const unitOf = {
  nats: /\b(?:hard loss|objective|log score)\b/i,
};
/** What a word of a sentence says of no run's pictures. */
const besides = [
  /\b95\s%/g, // of intervals
  /no difference in [^;.]*? can be told/g,
  /Chance: [\d.]+\s?%/g,
  /\b(?:cannot fall below|floor)[^.;]*\d\.\d+(?: nats)?/g, // calculated from settings
];
/** Where figures are a paper's, a picture's, a definition's, or are calculated: each says so in its heading. */
const others =
  /^(?:Published figures|Table 3, and yours|The target|Trained here|Settings?|What was asked|What differs|Most confident mistakes|What was set differently)/;
const otherPages = /^#\/(?:glossary|networks|present|train|lessons\/(?:own|smoothing|kernels|factorisation|reuse))/;

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

function unnamedFigures() {
  if (otherPages.test(location.hash)) return [];
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
      : { own: text(block.previousElementSibling?.matches("dt") && block.previousElementSibling), around: "" };
    const said = besides.reduce(
      (words, one) => words.replaceAll(one, ""),
      block.getAttribute("aria-label") ?? text(block),
    );
    if (!number.test(said) || !metricName.test(`${said} ${names.own}`)) continue;
    const sheet = block.closest("section.sheet, details, [role=dialog]");
    if (others.test(text(sheet?.querySelector("h2, summary")))) continue;
    const all = [said, names.own, names.around, namesAround(block)].join(" · ");
    const missing = [
      ...(splitName.test(all) ? [] : ["its split"]),
      ...(pictureCount.test(all) ? [] : ["its number of pictures"]),
      ...(isFraction.test(said) || !unitOf.nats.test(`${said} ${names.own}`) || /\bnats\b|margins|0 to 1|0–2/.test(all)
        ? []
        : ["its unit"]),
    ];
    if (missing.length > 0)
      found.push(`“${[names.own, said].filter(Boolean).join(": ").slice(0, 160)}” does not say ${missing.join(", ")}`);
  }
  return [...new Set(found)];
}

globalThis.unnamedFigures = unnamedFigures;

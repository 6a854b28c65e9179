/** Parts of a page in HTML, from texts that anybody may have written. */

/** As it stands in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

export interface MarkupColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly isNumber?: boolean;
}

/** @param caption says what every figure in it is of */
export function tableMarkup<Row>(caption: string, columns: readonly MarkupColumn<Row>[], rows: readonly Row[]): string {
  const kind = ({ isNumber }: MarkupColumn<Row>) => (isNumber ? ' class="number"' : "");
  const heads = columns.map((column) => `<th scope="col"${kind(column)}>${escaped(column.title)}</th>`).join("");
  const lines = rows.map((row) => {
    const [first, ...others] = columns;
    const cells = others.map((column) => `<td${kind(column)}>${escaped(column.cell(row))}</td>`).join("");
    return `<tr><th scope="row">${escaped(first!.cell(row))}</th>${cells}</tr>`;
  });
  return `<div class="scroll"><table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines.join("")}</tbody></table></div>`;
}

export interface MarkupFact {
  readonly title: string;
  readonly value: string;
}

export function factsMarkup(facts: readonly MarkupFact[]): string {
  const rows = facts.map(({ title, value }) => `<div><dt>${escaped(title)}</dt><dd>${escaped(value)}</dd></div>`);
  return `<dl>${rows.join("")}</dl>`;
}

export function sectionMarkup(title: string, inner: string): string {
  return `<section><h2>${escaped(title)}</h2>${inner}</section>`;
}

export function sentencesMarkup(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join("");
}

/** Comma-separated values as RFC 4180 has them. */

/** A head, and the value of a row in this column. */
export type CsvColumn<Row> = readonly [title: string, value: (row: Row) => string | number];

export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => value(row)))];
  return lines.map((cells) => `${cells.map(cellOf).join(",")}\n`).join("");
}

/** Names come from outside: what a spreadsheet would run as a formula is marked as text, as spreadsheets do, and a number is left. */
const asText = (text: string): string => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);

/** Quoted where it has to be. */
function cellOf(value: string | number): string {
  const text = asText(String(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

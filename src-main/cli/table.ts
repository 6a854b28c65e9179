/** Rows in aligned columns: words to the left, numbers to the right. Whatever stands in a cell stands in one line. */
import stringWidth from "string-width";
import { visibleText } from "../domain/visible-text.ts";

export interface Column<T> {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly cell: (row: T) => string;
}

/** Ends with a line break. */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => visibleText(cell(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => stringWidth(line[index]!))));
  const lines = cells.map((line) =>
    line
      .map((text, index) => {
        const gap = " ".repeat(widths[index]! - stringWidth(text));
        return columns[index]!.isNumber ? gap + text : text + gap;
      })
      .join("   ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("   ");
  return `${[lines[0], rule, ...lines.slice(1)].join("\n")}\n`;
}

/**
 * Numbers as text with so many decimals, the same in the window and on the command line. What is rounded is the decimal number that a value prints
 * as, half away from zero: 0.15 is stored a little below itself, and still reads 0.2. Hence a value is handed over as its digits.
 */

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(style: "decimal" | "percent", digits: number): Intl.NumberFormat {
  const key = `${style} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat("en-US", {
    style,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // What rounds to nothing carries no sign.
    signDisplay: "negative",
  });
  formats.set(key, format);
  return format;
}

/** 1.00005 with four digits → `1.0001`, 4500 with none → `4,500`; a minus is a real minus. */
export function roundedDecimal(value: number, digits: number): string {
  return formatOf("decimal", digits).format(`${value}`).replace("-", "−");
}

/** A share of 1 in percent, without the sign of percent: 0.0015 → `0.2`. */
export function roundedPercent(fraction: number, digits = 1): string {
  return formatOf("percent", digits).format(`${fraction}`).replace("%", "").replace("-", "−");
}

/** A difference of two shares in percentage points, with its sign: 0.004 → `+0.4`. */
export function roundedPoints(difference: number, digits = 1): string {
  return withSign(difference, roundedPercent(difference, digits));
}

/** A difference with its sign: 0.0371 with three digits → `+0.037`. */
export function roundedDifference(difference: number, digits: number): string {
  return withSign(difference, roundedDecimal(difference, digits));
}

/** What rounds to nothing has none. */
function withSign(difference: number, text: string): string {
  return difference > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** Bytes in the decimal units of a shop: 1_400_000_000 → `1.4 GB`. */
export function roundedBytes(value: number): string {
  const scales = [
    [1e12, "TB"],
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ] as const;
  for (const [size, name] of scales) {
    if (value >= size * 0.9995) {
      const scaled = value / size;
      return `${roundedDecimal(scaled, scaled < 9.95 ? 1 : 0)}\u00a0${name}`;
    }
  }
  return `${roundedDecimal(value, 0)}\u00a0B`;
}

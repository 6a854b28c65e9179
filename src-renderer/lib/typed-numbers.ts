/** Numbers as they are typed, and back. Whatever number is written into a field is read from it again to the last bit. Pure. */

/** An empty field is no number: `Number("")` would call it 0. */
export const numberOf = (text: string): number =>
  text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));
export const optionalOf = (text: string): number | null => (text.trim() === "" ? null : numberOf(text));

/** Moves the point by writing, since multiplying by 100 and dividing again may change a number's last bit. */
function movedPoint(text: string, places: number): string {
  const [digits, exponent = "0"] = text.toLowerCase().split("e");
  return `${digits}e${Number(exponent) + places}`;
}

/** A percentage to a share of 1. */
export const shareOf = (text: string): number =>
  Number.isNaN(numberOf(text)) ? Number.NaN : Number(movedPoint(text.trim().replace(",", "."), -2));

/** A share of 1 as a percentage: 0.07 → `7`. */
export function percentText(share: number): string {
  const exact = movedPoint(String(share), 2);
  const short = String(Number(exact));
  return shareOf(short) === share ? short : exact;
}

/**
 * Text from elsewhere (names of classes, files and tensors, notes, tags) made harmless to show: what would steer a terminal or turn the direction of
 * writing is written out as `\u001b`, which is also how JSON writes it. What names are made of in any script, joiners and marks among it, stays.
 */

const steering = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
const steeringWithinLines = /(?!\n)[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

const writtenOut = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** As one line: a line break is written out, too. */
export function visibleText(text: string): string {
  return text.replace(steering, writtenOut);
}

/** The same of a text of several lines. A JSON document keeps its meaning. */
export function visibleLines(text: string): string {
  return text.replace(steeringWithinLines, writtenOut);
}

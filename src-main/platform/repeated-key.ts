/**
 * A key that stands twice in one object of a JSON text; null if none does. `JSON.parse` takes the last and says nothing, so that two readers of one
 * file could see two things in it.
 * @param json valid JSON
 */
export function repeatedKey(json: string): string | null {
  /** Keys of the objects around, the innermost last; null for a list. */
  const around: (Set<string> | null)[] = [];
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (const [token, colon] of json.matchAll(tokens)) {
    if (token === "{") around.push(new Set());
    else if (token === "[") around.push(null);
    else if (token === "}" || token === "]") around.pop();
    else if (colon !== undefined) {
      const key: string = JSON.parse(token.slice(0, -colon.length));
      const keys = around.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}

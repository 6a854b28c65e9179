/** Names of files and folders that every system takes, and that no two share: the one rule for whatever is written under a name that comes from elsewhere. */

/** What Windows keeps for devices, whatever ends the name; spaces before that count for nothing, and raised numbers for plain ones. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\.|$)/i;
/** A split, a class and a file of such names are at most 215 letters, which leaves 44 to the folder that they are written to where a path may have 259. */
export const mostNameLetters = 100;
/** Of UTF-8; Linux takes 255, and writing puts an ending behind the name. */
const mostBytes = 200;

const leftBehind = new Set(["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin"]);

/** Hidden, or left behind by a system: passed over without a word where pictures are looked for. */
export function isLeftBehind(base: string): boolean {
  return base.startsWith(".") || leftBehind.has(base.toLowerCase());
}

/** Gives each name a safe one of its own, also where systems take small and capital letters for the same. */
export function createSafeNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const safe = safeName(name);
    const [stem, ending] = partsOf(safe);
    let unique = safe;
    for (let copy = 2; taken.has(foldedKey(unique)); copy++) unique = withinLimits(stem, ` (${copy})${ending}`);
    taken.add(foldedKey(unique));
    return unique;
  };
}

/** The same for names that some systems take for one: those that differ in small and capital letters, or in how an accent is stored. */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** As systems fold letters that have more than one small form, ſ and s or ß and ss: where two names must not meet, too much is better than too little. */
function foldedKey(name: string): string {
  return nameKey(name.normalize("NFC").toUpperCase());
}

/** Whether every system takes it as it stands. */
export function isSafeName(name: string): boolean {
  return safeName(name) === name;
}

/** The first name in a path, without its root, that Windows takes for a device or loses the end of; null for none. */
export function firstNameLostOnWindows(path: string): string | null {
  const names = path.split(/[\\/]/).filter((name) => !/^\.{0,2}$/.test(name));
  return names.find((name) => reserved.test(name) || /[. ]$/.test(name)) ?? null;
}

function safeName(name: string): string {
  // A dot at the start would hide it, and dots and spaces at the end are lost on Windows.
  const visible = name
    .replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, "_")
    .replace(/^\.+/, "_")
    .replace(/[. ]+$/, "_");
  const isKept = visible === "" || reserved.test(visible) || isLeftBehind(visible);
  return withinLimits(...partsOf(isKept ? `_${visible}` : visible));
}

/** Before and behind the last dot. A long ending is none. */
function partsOf(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  return dot > 0 && name.length - dot <= 10 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
}

/** As much of the stem as there is room for, whole characters of it. */
function withinLimits(stem: string, ending: string): string {
  let letters = [...stem];
  const fits = () => {
    const name = letters.join("") + ending;
    return name.length <= mostNameLetters && new TextEncoder().encode(name).length <= mostBytes;
  };
  while (letters.length > 1 && !fits()) letters = letters.slice(0, -1);
  // Cutting may have come to a dot or a space, which would be lost.
  const cut = letters.join("");
  return (cut === stem || ending !== "" ? cut : cut.replace(/[. ]+$/, "_")) + ending;
}

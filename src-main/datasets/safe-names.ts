/** Names of files and folders that every system takes, and that no two share. */
import { isLeftBehind } from "./formats/folder-reader.ts";

/** What Windows keeps for devices, whatever ends the name. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const mostBytes = 200;

/** Gives each name a safe one of its own, also where systems take small and capital letters for the same. */
export function createSafeNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const safe = safeName(name);
    const dot = safe.lastIndexOf(".");
    const [stem, ending] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot)] : [safe, ""];
    let unique = safe;
    for (let copy = 2; taken.has(nameKey(unique)); copy++) unique = `${stem} (${copy})${ending}`;
    taken.add(nameKey(unique));
    return unique;
  };
}

/** The same for names that some systems take for one: those that differ in small and capital letters, or in how an accent is stored. */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Whether every system takes it as it stands. */
export function isSafeName(name: string): boolean {
  return safeName(name) === name;
}

function safeName(name: string): string {
  // A dot at the start would hide it, and dots and spaces at the end are lost on Windows.
  const visible = name
    .replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, "_")
    .replace(/^\.+/, "_")
    .replace(/[. ]+$/, "_");
  const short = shortened(visible);
  return short === "" || reserved.test(short) || isLeftBehind(short) ? `_${short}` : short;
}

function shortened(name: string): string {
  let short = name;
  while (Buffer.byteLength(short) > mostBytes) short = [...short].slice(0, -1).join("");
  return short;
}

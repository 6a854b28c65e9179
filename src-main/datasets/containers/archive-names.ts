/** Names in an archive, which anybody may have written: nothing is ever unpacked under them, and none leads out of the archive all the same. */
import { isLeftBehind } from "../../domain/file-names.ts";
import { folderPath } from "../formats/folder-reader.ts";
import { type FolderTree, mayBePicture } from "../readings/folder-tree.ts";

const mostCharacters = 4_096;

/** With forward slashes; null for one that leads elsewhere: above, to the root, to a drive, or through a NUL. Empty for the archive itself. */
export function nameInside(raw: string): string | null {
  const parts = partsOf(raw);
  return parts === null || parts.includes("..") ? null : parts.join("/");
}

/** Where a link of an archive leads. */
export interface LinkTarget {
  readonly path: string;
  /** From the top of the archive, as of hard links; else from the link's own folder. */
  readonly isFromTop: boolean;
}

/** @param name of the link, as `nameInside` has it */
export function linkLeadsOut(name: string, { path, isFromTop }: LinkTarget): boolean {
  const parts = partsOf(path);
  if (parts === null) return true;
  let depth = isFromTop ? 0 : name.split("/").length - 1;
  for (const part of parts) {
    depth += part === ".." ? -1 : 1;
    if (depth < 0) return true;
  }
  // What goes up through another link is out of sight here, which is safe as long as none is followed.
  return false;
}

/** Null of what begins at no folder of the archive, or is no name. */
function partsOf(raw: string): readonly string[] | null {
  const name = raw.replaceAll("\\", "/");
  if (name.startsWith("/") || /^[a-z]:/i.test(name) || name.includes("\0") || name.length > mostCharacters) return null;
  return name.split("/").filter((part) => part !== "" && part !== ".");
}

/** As it can be shown and kept. */
export function shownName(raw: string): string {
  return raw.slice(0, mostCharacters).replaceAll("\0", "\uFFFD");
}

/**
 * Names in bytes: UTF-8 where they are that, Shift-JIS where they then read as Japanese, and else the DOS code page that zip has always meant. Files are found by
 * the name that comes out, so that another guess would show another name and lose no file.
 */
export function nameOfBytes(bytes: Uint8Array): string {
  const name = decoded(utf8, bytes);
  if (name !== null) return name;
  const japanese = japaneseOf(bytes);
  if (japanese !== null) return japanese;
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : codePage437[byte - 128])).join("");
}

/** Null where the bytes are no Shift-JIS, or do not read as Japanese. */
export function japaneseOf(bytes: Uint8Array): string | null {
  const text = decoded(shiftJis, bytes);
  return text !== null && readsAsJapanese.test(text) ? text : null;
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const shiftJis = new TextDecoder("shift_jis", { fatal: true });
/** Nothing beside ASCII but Japanese, and two such letters in a row: one alone is a letter with an accent and the one behind it. */
const readsAsJapanese =
  /^(?=.*[\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Han}]{2})[\p{ASCII}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Han}]+$/su;
const codePage437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";

interface Branch {
  readonly folders: Map<string, Branch>;
  readonly files: string[];
}

/** The files as they would stand in a folder; hidden ones and what systems leave behind are passed over. */
export function treeOf(names: Iterable<string>): FolderTree {
  const root: Branch = { folders: new Map(), files: [] };
  for (const name of names) {
    const parts = name.split("/");
    if (parts.some(isLeftBehind)) continue;
    let branch = root;
    for (const part of parts.slice(0, -1)) {
      const inner: Branch = branch.folders.get(part) ?? { folders: new Map(), files: [] };
      branch.folders.set(part, inner);
      branch = inner;
    }
    branch.files.push(name);
  }
  return grown(root, "");
}

function grown(branch: Branch, name: string): FolderTree {
  const inOrder = [...branch.folders].sort(([a], [b]) => (a < b ? -1 : 1));
  const folders = inOrder.map(([base, inner]) => grown(inner, folderPath.join(name, base)));
  const own = branch.files.filter(mayBePicture).length;
  return {
    name,
    base: folderPath.base(name).normalize("NFC"),
    folders,
    files: branch.files.sort(),
    pictures: folders.reduce((sum, inner) => sum + inner.pictures, own),
  };
}

/** What is an archive itself; one inside another is not opened. Records may be compressed each by itself. */
export function isArchiveName(name: string): boolean {
  return !/idx[13][-_.]ubyte\.gz$/i.test(name) && /\.(zip|tar|tgz|tbz2?|txz|gz|bz2|xz|7z|rar|zst)$/i.test(name);
}

/** Names as people have them, and as nobody should: long, of other scripts, of characters in several parts, and such as would steer what shows them. */
export const hardNames = [
  "Größenwahnsinniger-Schmetterling-mit-sehr-langem-Namen",
  "عربي",
  "日本語の長いクラス名",
  "👩‍👩‍👧‍👦 family",
  "e\u0301clair",
  "evil\u001b[31mred",
  "a\u202Eb",
] as const;

/** Those that a folder can have: on Windows none with a control character. */
export const hardFolderNames = hardNames.filter((name) => process.platform !== "win32" || !name.includes("\u001b"));

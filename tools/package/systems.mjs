/** The systems that packages are made for, a row each; and what `npm run package` was asked for. */
import { parseArgs } from "node:util";
import { thisMachine } from "../native/targets.mjs";
import { SetUpProblem } from "../set-up/problem.mjs";

/** A dmg is a disk of a Mac's, which no other system makes. */
const MAC_KINDS = process.platform === "darwin" ? ["dmg", "zip"] : ["zip"];

/**
 * `builder`: electron-builder's name of the system; `unpacked`: the folder that it lays the app out in; `short`: the system in the names of files; `kinds`: what
 * is made of that folder.
 */
const TABLE = [
  {
    name: "linux",
    target: "linux-x64",
    builder: "linux",
    unpacked: "linux-unpacked",
    kinds: ["deb", "rpm", "AppImage"],
  },
  {
    name: "linux",
    target: "linux-arm64",
    builder: "linux",
    unpacked: "linux-arm64-unpacked",
    kinds: ["deb", "rpm", "AppImage"],
  },
  { name: "windows", target: "win32-x64", builder: "win", unpacked: "win-unpacked", kinds: ["zip", "exe"] },
  { name: "macos", target: "darwin-arm64", builder: "mac", unpacked: "mac-arm64", kinds: MAC_KINDS },
];
const ELECTRONS = ["download", "pip"];
const FLAVOURS = ["cpu", "gpu"];

/** A Linux package is for the processor that it is made on. */
function systemNamed(name) {
  const rows = TABLE.filter((row) => row.name === name);
  return rows.find(({ target }) => target === thisMachine) ?? rows[0];
}

/**
 * @param {string[]} words
 * @throws SetUpProblem
 */
export function readRequest(words, environment = process.env) {
  const { values } = parsed(words);
  const names = TABLE.map(({ name }) => name);
  const own = TABLE.find(({ target }) => target === thisMachine)?.name ?? "linux";
  const asked = someOf("--for", values.for ?? own, [...new Set(names)]);
  const kinds = [...new Set(TABLE.flatMap((row) => row.kinds))];
  const wanted = values.kinds === undefined ? kinds : someOf("--kinds", values.kinds, kinds);
  return {
    systems: asked.map((name) => ofKinds(systemNamed(name), wanted)),
    flavour: oneOf("--flavour", values.flavour ?? "cpu", FLAVOURS),
    // Where a folder with Electron was named its own site is not asked, for no system.
    electron: oneOf(
      "--electron",
      values.electron ?? (environment.ELECTRON_OVERRIDE_DIST_PATH ? "pip" : "download"),
      ELECTRONS,
    ),
    isFolderOnly: values.dir ?? false,
    isQuick: values.quick ?? false,
  };
}

/** @satisfies {import("node:util").ParseArgsOptionsConfig} */
const OPTIONS = {
  for: { type: "string" },
  kinds: { type: "string" },
  flavour: { type: "string" },
  electron: { type: "string" },
  dir: { type: "boolean" },
  quick: { type: "boolean" },
};

function parsed(words) {
  try {
    return parseArgs({ args: words, options: OPTIONS });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SetUpProblem(
      `${reason}: the choices are ${Object.keys(OPTIONS)
        .map((name) => `--${name}`)
        .join(", ")}.`,
    );
  }
}

function ofKinds(system, wanted) {
  const kinds = system.kinds.filter((kind) => wanted.includes(kind));
  if (kinds.length > 0) return { ...system, kinds };
  throw new SetUpProblem(`--kinds names none that is made for ${system.name}: choose of ${system.kinds.join(", ")}.`);
}

/** Words between commas, each once. */
function someOf(flag, value, choices) {
  const words = [...new Set(value.split(",").map((word) => word.trim()))];
  for (const word of words) oneOf(flag, word, choices);
  return words;
}

function oneOf(flag, value, choices) {
  if (choices.includes(value)) return value;
  throw new SetUpProblem(`${flag} is "${value}": choose of ${choices.join(", ")}.`);
}

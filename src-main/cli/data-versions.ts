/** `strata data relabel`, `exclude`, `move`, …: changes to labels and splits, kept as versions; files stay as they are. */
import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type DatasetSource, type FolderSource, type SplitName, splitName, splitNames } from "../contract/dataset.ts";
import {
  type AskedEdit,
  type DatasetVersionView,
  type VersionDifferences,
  versionAuthor,
  versionNote,
} from "../contract/dataset-version.ts";
import { countInWords } from "../domain/health/words.ts";
import { editInWords, renamedInWords, versionInWords } from "../domain/versions/words.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type {
  DataVersionDocument,
  DataVersionsDocument,
  VersionDifferencesDocument,
  WriteOutDocument,
} from "./documents.ts";
import { dataFlag, flagOf } from "./flags.ts";
import { whole } from "./format.ts";
import { type CliIo, UsageError } from "./io.ts";
import { dataVersionOption, firstFrameOption, inspectAs, type ReadAsFlags, readAsOption } from "./read-as.ts";
import { addSplitFlags, withSplitFlags } from "./split-flags.ts";
import { table } from "./table.ts";
import { withEngine } from "./with-engine.ts";

interface VersionFlags extends ReadAsFlags {
  readonly note: string;
  readonly author?: string;
  readonly json?: boolean;
}

const folderArgument = ["<folder>", "of pictures, or an archive", folderFlag] as const;
const shownDifferences = 20;

/** @param data the command that these belong to */
export function addDataVersions(data: Command, context: CommandContext): void {
  const { io } = context;

  edit("relabel", "say that pictures are of another class, which may be a new one")
    .argument("<class>")
    .argument("<pictures...>", "as data inspect and the page name them, or paths")
    .action((folder: FolderSource, className: string, pictures: string[], flags: VersionFlags) =>
      save(folder, { kind: "relabel", className, pictures: namesIn(folder, pictures) }, flags),
    );
  edit("exclude", "leave pictures out")
    .argument("<pictures...>")
    .action((folder: FolderSource, pictures: string[], flags: VersionFlags) =>
      save(folder, { kind: "exclude", pictures: namesIn(folder, pictures) }, flags),
    );
  edit("move", "put pictures into another split")
    .argument(
      "<split>",
      splitNames.join(", "),
      flagOf(splitName, (text) => `${text} is none of ${splitNames.join(", ")}.`),
    )
    .argument("<pictures...>")
    .action((folder: FolderSource, split: SplitName, pictures: string[], flags: VersionFlags) =>
      save(folder, { kind: "move", split, pictures: namesIn(folder, pictures) }, flags),
    );
  edit("rename-class", "give a class another name")
    .argument("<class>")
    .argument("<name>", "that no other class has")
    .action((folder: FolderSource, from: string, to: string, flags: VersionFlags) =>
      save(folder, { kind: "rename-class", from, to }, flags),
    );
  edit("merge-classes", "make one class of several")
    .argument("<into>", "one of them, or a new name")
    .argument("<classes...>")
    .action((folder: FolderSource, into: string, classes: string[], flags: VersionFlags) =>
      save(folder, { kind: "merge-classes", into, from: classes }, flags),
    );

  said(data.command("undo").description("a new version without the changes of the newest one, or of the one named"))
    .argument(...folderArgument)
    .action(async (folder: FolderSource, flags: VersionFlags) => {
      const version = await withEngine(io, async (api) => {
        const version = await baseOf(io, api, folder, flags);
        if (version.version === undefined) throw new UsageError("There is no version that could be undone.");
        return api.data.undoVersion({ version: { ...version, version: version.version }, ...wordsOf(flags) });
      });
      respondWithVersion(version, flags);
    });

  data
    .command("versions")
    .description("what was changed, when and by whom")
    .argument(...folderArgument)
    .option(...jsonOption)
    .action(async (folder: FolderSource, { json }: VersionFlags) => {
      const versions = await withEngine(io, (api) => api.data.versions({ path: folder.path }));
      const document: DataVersionsDocument = { versions };
      respond(io, json, document, () => versionsInWords(versions));
    });

  data
    .command("compare-versions")
    .description("which pictures differ between two versions")
    .argument(...folderArgument)
    .argument("<before>", "its number or note; 0 is as on disk")
    .argument("<after>")
    .option(...jsonOption)
    .action(async (folder: FolderSource, before: string, after: string, { json }: VersionFlags) => {
      const differences = await withEngine(io, async (api) => {
        const first = await openedVersion(io, api, folder, { dataVersion: before });
        const second = await openedVersion(io, api, folder, { dataVersion: after });
        return api.data.compareVersions({ before: first, after: second });
      });
      const document: VersionDifferencesDocument = { differences };
      respond(io, json, document, () => differencesInWords(differences));
    });

  const write = data
    .command("write-out")
    .description("copy the pictures into a new folder: a folder a split, and in it one a class")
    .argument(...folderArgument)
    .argument("<to>", "a folder that is empty, or does not exist yet")
    .addOption(dataVersionOption())
    .addOption(readAsOption())
    .addOption(firstFrameOption());
  addSplitFlags(write)
    .option(...jsonOption)
    .action(async (folder: FolderSource, to: string, flags: VersionFlags) => {
      const parted = asFolder(withSplitFlags(folder, flags));
      const written = await withEngine(io, async (api) => {
        const source = await openedVersion(io, api, parted, flags);
        return api.data.writeOut({ source, folder: resolve(to) });
      });
      const document: WriteOutDocument = { written };
      respond(
        io,
        flags.json,
        document,
        () =>
          `${countInWords(written.pictures, "picture")} of ${countInWords(written.classes, "class", "classes")}: ${written.folder}\n${written.renamed.map((class_) => `${renamedInWords(class_)}\n`).join("")}`,
      );
    });

  function edit(name: string, description: string): Command {
    const command = said(data.command(name).description(description)).argument(...folderArgument);
    return command.addOption(readAsOption()).addOption(firstFrameOption());
  }
  function said(command: Command): Command {
    const version = dataVersionOption();
    version.description = "what to change, by its number or note; 0 is as on disk (default: the newest version)";
    return command
      .addOption(version)
      .option(
        "--note <text>",
        "what to remember of it",
        flagOf(versionNote, () => "A note has at most 200 characters."),
        "",
      )
      .option(
        "--author <name>",
        "who says so (default: the user of this machine)",
        flagOf(versionAuthor, () => "An author has 1 to 100 characters."),
      )
      .option(...jsonOption);
  }
  async function save(folder: FolderSource, edit: AskedEdit, flags: VersionFlags): Promise<void> {
    const version = await withEngine(io, async (api) => {
      const from = await baseOf(io, api, folder, flags);
      return api.data.saveVersion({ from, edits: [edit], ...wordsOf(flags) });
    });
    respondWithVersion(version, flags);
  }
  function respondWithVersion(version: DatasetVersionView, { json }: VersionFlags): void {
    const document: DataVersionDocument = { version };
    const changes = version.edits.map(editInWords).join("; ");
    respond(
      io,
      json,
      document,
      () => `Saved as ${versionInWords(version)}: ${changes}. Train on it with --data-version ${version.number}.\n`,
    );
  }
}

const wordsOf = ({ author, note }: VersionFlags) => ({ author: author ?? null, note });

/** What is changed: the version that is named, else the newest, else the pictures on disk. */
async function baseOf(io: CliIo, api: EngineCaller, folder: FolderSource, flags: VersionFlags): Promise<FolderSource> {
  const { dataVersion, readAs, gifFirstFrame } = flags;
  const newest =
    dataVersion === undefined && readAs === undefined ? (await api.data.versions({ path: folder.path })).at(-1) : null;
  return openedVersion(
    io,
    api,
    folder,
    newest ? { dataVersion: String(newest.number), ...(gifFirstFrame ? { gifFirstFrame } : {}) } : flags,
  );
}

/** As the pictures are now. */
async function openedVersion(
  io: CliIo,
  api: EngineCaller,
  folder: FolderSource,
  flags: ReadAsFlags,
): Promise<FolderSource> {
  const { source } = await inspectAs(io, api, folder, flags);
  return asFolder(source);
}

function asFolder(source: DatasetSource): FolderSource {
  if (source.kind !== "folder") throw new InvalidArgumentError("Drawn pictures have no versions; name a folder.");
  return source;
}

function folderFlag(text: string): FolderSource {
  return asFolder(dataFlag(text));
}

/** The path of a file in the folder, as a shell completes it, is the picture's name there. */
function namesIn({ path }: FolderSource, pictures: readonly string[]): readonly string[] {
  return pictures.map((picture) => {
    const inside = relative(path, resolve(picture)).split(sep).join("/");
    const isPath = !inside.startsWith("../") && !isAbsolute(inside) && existsSync(resolve(picture));
    return isPath ? inside : picture;
  });
}

function versionsInWords(versions: readonly DatasetVersionView[]): string {
  if (versions.length === 0) return "No version was made of these pictures.\n";
  const numbers = new Map(versions.map(({ key, number }) => [key, number]));
  return table(
    [
      { title: "version", isNumber: true, cell: ({ number }) => String(number) },
      {
        title: "from",
        isNumber: true,
        cell: ({ parentKey }) => String(parentKey === null ? 0 : (numbers.get(parentKey) ?? "–")),
      },
      { title: "note", cell: ({ note }) => note },
      { title: "changes", cell: ({ edits }) => edits.map(editInWords).join("; ") },
      { title: "author", cell: ({ author }) => author },
      { title: "when", cell: ({ createdAt }) => createdAt.slice(0, 16).replace("T", " ") },
    ],
    versions,
  );
}

function differencesInWords({ relabelled, moved, excluded, added, same }: VersionDifferences): string {
  const rows = [
    ...relabelled.map(({ name, from, to }) => ({ name, change: `${from} → ${to}` })),
    ...moved.map(({ name, from, to }) => ({ name, change: `${from} → ${to}` })),
    ...excluded.map((name) => ({ name, change: "in the first alone" })),
    ...added.map((name) => ({ name, change: "in the second alone" })),
  ];
  const counts = `Relabelled: ${whole(relabelled.length)}. Moved: ${whole(moved.length)}. In the first alone: ${whole(excluded.length)}. In the second alone: ${whole(added.length)}. Unchanged: ${whole(same)}.\n`;
  if (rows.length === 0) return counts;
  const shown = table(
    [
      { title: "picture", cell: ({ name }) => name },
      { title: "change", cell: ({ change }) => change },
    ],
    rows.slice(0, shownDifferences),
  );
  const rest = rows.length - shownDifferences;
  return `${counts}\n${shown}${rest > 0 ? `… and ${whole(rest)} more; --json lists them all.\n` : ""}`;
}

/** What an engine has to tell a person once: recorded, shown above every page, and gone when it is dismissed. */
import { z } from "zod";
import { StrataError } from "./errors.ts";
import { storedPlace } from "./stored-place.ts";

const count = z.int().min(0);

/** The record was damaged: what became of its file, and of the rows in it. */
export const rescue = z.object({
  kind: z.literal("record-rescued"),
  /** Where the damaged file is now. */
  setAside: z.string(),
  brought: z.object({ runs: count, points: count }),
  /** Rows that were seen and could not be brought over, and runs of which a part could not be read, by table; those of nothing are left out. */
  lost: z.array(z.object({ table: z.string(), rows: count, runsInPart: count })),
});
export type Rescue = z.infer<typeof rescue>;

/** Rows that cannot be read, and were set aside. */
export const unreadableRows = z.object({ kind: z.literal("rows-unreadable"), rows: z.array(storedPlace).min(1) });

/** A record of an earlier version was brought up to this one. */
export const broughtUp = z.object({
  kind: z.literal("record-brought-up"),
  /** Of how it was, for an older version. */ copy: z.string(),
});

/** What is recorded of a notice. */
export const noticeDetails = z.discriminatedUnion("kind", [rescue, unreadableRows, broughtUp]);
export type NoticeDetails = z.infer<typeof noticeDetails>;

export interface EngineNotice {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly problem: string;
  readonly remedy: string;
  /** Whether nothing went wrong. */
  readonly isNews?: boolean;
}

type Words = Pick<EngineNotice, "problem" | "remedy" | "isNews">;

export function noticeInWords(details: NoticeDetails): Words {
  if (details.kind === "record-rescued") return rescueInWords(details);
  if (details.kind === "record-brought-up") return broughtUpInWords(details.copy);
  const { problem, remedy } = new StrataError("store.unreadable", details);
  return { problem, remedy };
}

function broughtUpInWords(copy: string): Words {
  return {
    problem: "The record of runs was brought up to this version of Strata. Everything in it is kept.",
    remedy: `Older versions no longer open it. For them there is a copy of how it was: ${copy}`,
    isNews: true,
  };
}

function rescueInWords({ setAside, brought, lost }: Rescue): Words {
  const runs = counted(brought.runs, "run");
  const points = counted(brought.points, "point");
  const isNothing = brought.runs === 0 && brought.points === 0;
  const came = isNothing ? "nothing in it could be read" : `${runs} and ${points} were brought over`;
  const parts = lost.map(({ table, rows, runsInPart }) =>
    [
      ...(rows > 0 ? [`${counted(rows, "row")} of ${table}`] : []),
      ...(runsInPart > 0 ? [`some ${table} of ${counted(runsInPart, "run")}`] : []),
    ].join(" and "),
  );
  const missing = isNothing || parts.length === 0 ? "" : ` Not readable: ${parts.join(", ")}.`;
  return {
    problem: `The record of runs was damaged. A new one was begun; ${came}.${missing}`,
    remedy: `The damaged file was set aside and is not touched again: ${setAside}`,
  };
}

function counted(value: number, one: string): string {
  return `${value.toLocaleString("en-US")} ${one}${value === 1 ? "" : "s"}`;
}

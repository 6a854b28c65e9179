/** `strata queue`: what waits to be trained. */
import type { Command } from "commander";
import { mostAskedJobs, type QueueView } from "../contract/queue.ts";
import type { RunView } from "../contract/run.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { QueueDocument } from "./documents.ts";
import { listedRunDocument } from "./run-documents.ts";
import { runsInWords } from "./runs-in-words.ts";
import { withEngine } from "./with-engine.ts";

/** Runs that the engine is asked for at once. */
const mostAsked = 1_000;

export function addQueue(program: Command, { io }: CommandContext): void {
  program
    .command("queue")
    .description("runs that wait to be trained, in order")
    .option(...jsonOption)
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { held, jobs } = await withEngine(io, async (api) => {
        const queue = await api.queue.get({ most: mostAskedJobs });
        const waiting = queue.jobs.flat();
        const runs = new Map<number, RunView>();
        for (let first = 0; first < waiting.length; first += mostAsked)
          for (const run of await api.runs.some({ runIds: waiting.slice(first, first + mostAsked) }))
            runs.set(run.id, run);
        return { held: queue.held, jobs: queue.jobs.map((job) => job.flatMap((runId) => runs.get(runId) ?? [])) };
      });
      const document: QueueDocument = { held, jobs: jobs.map((job) => job.map(listedRunDocument)) };
      respond(io, json, document, () =>
        jobs.length === 0
          ? `Nothing waits.${heldInWords(held)}\n`
          : `${runsInWords(jobs.flat())}${heldInWords(held)}\n`,
      );
    });
}

function heldInWords(held: QueueView["held"]): string {
  return held === null ? "" : " The queue is held: nothing begins until it goes on.";
}

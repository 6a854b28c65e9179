/** `strata queue`: what waits to be trained. */
import type { Command } from "commander";
import type { QueueView } from "../contract/queue.ts";
import { answer, type CommandContext, jsonOption } from "./command.ts";
import { listedRunDocument, type QueueDocument } from "./documents.ts";
import { runsInWords } from "./runs-in-words.ts";
import { withEngine } from "./with-engine.ts";

export function addQueue(program: Command, { io }: CommandContext): void {
  program
    .command("queue")
    .description("runs that wait to be trained, in order")
    .option(...jsonOption)
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { held, jobs } = await withEngine(io, async (_, engine) => {
        const queue = engine.queue();
        return { held: queue.held, jobs: queue.jobs.map((job) => job.map(engine.run)) };
      });
      const document: QueueDocument = { held, jobs: jobs.map((job) => job.map(listedRunDocument)) };
      answer(io, json, document, () =>
        jobs.length === 0
          ? `Nothing waits.${heldInWords(held)}\n`
          : `${runsInWords(jobs.flat())}${heldInWords(held)}\n`,
      );
    });
}

function heldInWords(held: QueueView["held"]): string {
  return held === null ? "" : " The queue is held: nothing begins until it goes on.";
}

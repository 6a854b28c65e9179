/** `strata doctor`: what was found on this machine, and what is missing with its remedy. */
import type { Command } from "commander";
import { diagnose } from "../engine/machine/diagnose.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { DoctorDocument } from "./documents.ts";
import { exitCodes } from "./io.ts";
import { table } from "./table.ts";

export function addDoctor(program: Command, context: CommandContext): void {
  const { io } = context;
  program
    .command("doctor")
    .description("what this machine has, and what is missing")
    .option("--repair", "set the native runtime up anew first (done by npm start, before this command runs)")
    .option(...jsonOption)
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await diagnose(io.environment, io.trainerEntry);
      const isFine = findings.every((finding) => finding.isFine);
      if (!isFine) context.exitCode = exitCodes.failed;
      const words = () => {
        const lines = table(
          [
            { title: "", cell: (finding) => (finding.isFine ? "✓" : "✗") },
            { title: "what", cell: ({ name }) => name },
            { title: "found", cell: ({ found }) => found },
          ],
          findings,
        );
        const remedies = findings.flatMap(({ name, remedy }) => (remedy ? [`${name}: ${remedy}\n`] : []));
        return `${lines}${remedies.length > 0 ? `\n${remedies.join("")}` : ""}`;
      };
      const document: DoctorDocument = { isFine, findings };
      respond(io, json, document, words);
    });
}

/** What made a run: which program, with which libraries, on which machine. What nobody recorded is null. */
import { z } from "zod";

export const madeBy = z.object({
  /** Of Strata. */
  version: z.string().nullable(),
  /** Of Strata's sources, in full; ends in `-dirty` where files had been changed since, as `git describe` has it. */
  commit: z.string().nullable(),
  tensorflow: z.string().nullable(),
  /** What steps ran on, `CPU` or `GPU`; of old records, whatever they say. */
  device: z.string().nullable(),
  /** The GPU, where steps ran on one and its driver told of it. */
  gpu: z
    .object({ name: z.string(), memoryBytes: z.number().nullable(), driver: z.string() })
    .readonly()
    .nullable()
    .default(null),
  /** Whether steps ran as one compiled graph, and not op by op. */
  isCompiled: z.boolean().nullable(),
  /** Why steps ran op by op. */
  refusal: z.string().nullable(),
  /** In which steps were computed: float32 op by op, whatever was asked for. */
  precision: z.string().nullable(),
  /** That training might use. */
  threads: z.int().min(1).nullable(),
  /** Of the machine. */
  cores: z.int().min(1).nullable(),
  /** As its maker names it. */
  processor: z.string().nullable(),
  /** Vector instructions, by Linux's names. */
  processorFeatures: z.array(z.string()).readonly().nullable(),
  /** As Node names it, e.g. `linux`. */
  platform: z.string().nullable(),
  /** As Node names it, e.g. `x64`. */
  architecture: z.string().nullable(),
});
export type MadeBy = Readonly<z.infer<typeof madeBy>>;

/** One part of a run: up to the next part's first step, or to the run's end. */
export const madePart = madeBy.extend({
  /** Steps that were done before it. */
  fromStep: z.int().min(0),
});
export type MadePart = Readonly<z.infer<typeof madePart>>;

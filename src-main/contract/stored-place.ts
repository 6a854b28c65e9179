/** Where in the record something stands. */
import { z } from "zod";

export const storedPlace = z.object({ table: z.string(), id: z.int(), column: z.string() });
export type StoredPlace = z.infer<typeof storedPlace>;

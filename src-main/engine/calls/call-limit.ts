/** How many calls of one connection are answered at once; subscriptions count for as long as they last. */
import { StrataError } from "../../contract/errors.ts";

export interface CallLimit {
  /** @returns what to call when the call is over; @throws StrataError `server.too-many-calls` */
  enter(): () => void;
}

/** A page asks for some dozens when it comes back. The same for one message and for all that is going. */
export const mostCalls = 100;

export function createCallLimit(most = mostCalls): CallLimit {
  let going = 0;
  return {
    enter() {
      if (going >= most) throw new StrataError("server.too-many-calls", { most });
      going++;
      return () => {
        going--;
      };
    },
  };
}

/**
 * How long tests wait for what is to happen. None of them is about speed, and a machine may have twenty other things to do, so these only end what hangs;
 * figures of time belong to `test/bench`.
 */

/** For one thing that was set going: a page, an epoch, a window. */
export const eventLimitMillis = 5 * 60_000;
/** For a whole test. */
export const testLimitMillis = 4 * eventLimitMillis;

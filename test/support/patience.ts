/**
 * How long tests wait for what is to happen. None of them is about speed, and a machine may have twenty other things to do, so these only end what hangs;
 * figures of time belong to `test/bench`.
 */

/** For one thing that was set going: a page, a step, a window. */
export const eventLimitMillis = 5 * 60_000;
/** For a whole training, and for a whole test of the two lower tiers. */
export const trainingLimitMillis = 20 * 60_000;
/** For a whole test in a window, or of an app that is installed first. */
export const testLimitMillis = 60 * 60_000;

/** Runs that can be compared at once: more are told apart by an experiment's table, and not by curves. */
export const mostCompared = 20;

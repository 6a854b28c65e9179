/** Runs can come from another Strata, in a bundle. Of each that did, as JSON: its number there, which version exported it and when, and when it came. */
export const sql = "ALTER TABLE runs ADD COLUMN imported TEXT;";

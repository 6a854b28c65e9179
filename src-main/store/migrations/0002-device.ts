/** Version 2: what a run was trained on, and whether its steps were compiled. Unknown of runs before it. */
export const sql = "ALTER TABLE runs ADD COLUMN device TEXT;";

/**
 * How what Strata keeps of a person is made: for nobody else to read. What is there already keeps the mode that it was given. Windows knows no such modes;
 * there a person's folders are the person's alone.
 */

/** For `mkdir`, which makes the folders above it likewise. */
export const privateFolder = { recursive: true, mode: 0o700 } as const;
export const privateFileMode = 0o600;

/**
 * How what Strata keeps of a person is made: for nobody else to read. What is there already is narrowed as the engine starts. Windows knows no such modes;
 * there a person's folders are the person's alone.
 */

/** Of the folders above, too, that are made on the way. */
export const privateFolderMode = 0o700;
export const privateFileMode = 0o600;

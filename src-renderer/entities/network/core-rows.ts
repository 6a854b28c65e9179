/** Which lines of a network's table belong to which bands of its drawing. Pure. */

/** Whether a line's key names this band, a module around it, or a branch in it. */
export function isPartOf(bandKey: string, lineKey: string): boolean {
  return bandKey === lineKey || bandKey.startsWith(`${lineKey}/`);
}

/** What must be ended however this process ends, by one listener for however many there are: Node takes many listeners of one event for a leak. */

const ends = new Set<() => void>();

function endAll(): void {
  for (const end of ends) end();
}

/** @param end called once this process exits; no promise is waited for @returns what calls that off */
export function atExit(end: () => void): () => void {
  if (ends.size === 0) process.once("exit", endAll);
  ends.add(end);
  return () => {
    ends.delete(end);
    if (ends.size === 0) process.off("exit", endAll);
  };
}

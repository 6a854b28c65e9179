/** `network[:pixels:width:batch]`, the way benches are told what to run; what is left out is the preset's. */
export function parseNetwork(text: string): { id: string; inputPixels?: number; width?: number; batchSize?: number } {
  const [id, ...numbers] = text.split(":") as [string, ...string[]];
  const [inputPixels, width, batchSize] = numbers.map(Number);
  return { id, inputPixels, width, batchSize };
}

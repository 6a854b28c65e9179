/**
 * Moves labels that stand at the ends of lines apart, so that none overlaps and each stays as near its own line as it can: labels that touch
 * form a block, and a block stands around the mean of the places its labels asked for.
 *
 * @param wanted centres asked for, in pixels
 * @param gap least distance between two centres
 * @returns the centres given, in the order of `wanted`; within `top` and `bottom` unless there are more labels than fit
 */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const blocks: { members: number[]; start: number }[] = [];
  for (const index of order) {
    blocks.push({ members: [index], start: placed([index]) });
    while (blocks.length > 1) {
      const upper = blocks[blocks.length - 2]!;
      const lower = blocks[blocks.length - 1]!;
      if (upper.start + upper.members.length * gap <= lower.start) break;
      const members = [...upper.members, ...lower.members];
      blocks.splice(-2, 2, { members, start: placed(members) });
    }
  }
  const given = [...wanted];
  for (const block of blocks) {
    for (const [place, index] of block.members.entries()) given[index] = block.start + place * gap;
  }
  return given;

  /** Centre of the block's first label. */
  function placed(members: readonly number[]): number {
    const mean = members.reduce((sum, index) => sum + wanted[index]!, 0) / members.length;
    const height = (members.length - 1) * gap;
    return Math.max(top, Math.min(bottom - height, mean - height / 2));
  }
}

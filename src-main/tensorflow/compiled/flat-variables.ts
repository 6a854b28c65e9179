/**
 * Small variables that are moved together. A network has hundreds of them, a few values each, and in a graph every one costs a handle, a read, a
 * norm and an update, each of which takes longer to hand to a thread than to compute. So a graph keeps such a group end to end in one variable.
 */
import type { Rank, Tensor, Tensor1D, Variable } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../runtime.ts";

/** One variable, or a group that a graph keeps as one: its value is then theirs end to end, [values of all]. */
export type Movable = Variable | readonly Variable[];

/** 256 KiB of float32: beyond it, putting values end to end takes longer than it saves. */
const mostValues = 2 ** 16;

/** The small ones as one group, where there are several, and each of the others by itself. */
export function groupSmall(variables: readonly Variable[]): Movable[] {
  const small = variables.filter(({ size }) => size <= mostValues);
  if (small.length < 2) return [...variables];
  return [small, ...variables.filter(({ size }) => size > mostValues)];
}

export function membersOf(movable: Movable): readonly Variable[] {
  return isGroup(movable) ? movable : [movable];
}

/** `Array.isArray` does not narrow to a readonly array. */
export function isGroup(movable: Movable): movable is readonly Variable[] {
  return Array.isArray(movable);
}

/** What `movable` holds where each member's value is the tensor at its place. Call within `tf.tidy`. */
export function joined(movable: Movable, values: readonly Tensor[]): Tensor {
  return isGroup(movable) ? tf.concat(values.map(flat)) : values[0]!;
}

/** What `movable` holds now. Call within `tf.tidy`. */
export function currentValue(movable: Movable): Tensor {
  return joined(movable, membersOf(movable));
}

/** Gives each member its part of `value`. Call within `tf.tidy`. */
export function assignMembers(movable: Movable, value: Tensor): void {
  const parts = parted(movable, value);
  membersOf(movable).forEach((member, index) => {
    member.assign(parts[index]!);
  });
}

/** The members' values where `movable` holds `value`; inverse of `joined`. Call within `tf.tidy`. */
function parted(movable: Movable, value: Tensor): Tensor[] {
  if (!isGroup(movable)) return [value];
  const sizes = movable.map(({ size }) => size);
  const parts = tf.split(value as Tensor1D, sizes);
  return parts.map((part, index) => tf.reshape(part, movable[index]!.shape));
}

function flat(tensor: Tensor): Tensor1D {
  return tf.reshape<Rank.R1>(tensor, [-1]);
}

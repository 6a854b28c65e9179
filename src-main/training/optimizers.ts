/**
 * How a gradient moves a weight. Each rule is a pure function of tensors, so that a step can run op by op or be recorded as a graph;
 * what it remembers between steps stands in slot variables beside the weights. The formulas are those of TensorFlow's own kernels
 * (tensorflow/core/kernels/training_ops.cc), which a recorded step puts in their place, in the same order: they agree to the last bit.
 */
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Optimizer } from "../contract/configuration.ts";
import {
  currentValue,
  groupSmall,
  isGroup,
  joined,
  type Movable,
  membersOf,
} from "../tensorflow/compiled/flat-variables.ts";
import { assignVariable, decreaseVariable } from "../tensorflow/compiled/move-variables.ts";
import type { VariableUpdate } from "../tensorflow/compiled/recorded-graph.ts";
import { recordUpdate } from "../tensorflow/compiled/recorder.ts";
import { halfSquareSum } from "../tensorflow/kernels/half-square-sum.ts";
import { boolAttribute, typeAttribute } from "../tensorflow/op-attributes.ts";
import { tf } from "../tensorflow/runtime.ts";
import { type OptimizerSlot, optimizerSlots } from "./optimizer-slots.ts";

export interface Update {
  /** What is taken off the weight. */
  readonly decrease: Tensor;
  /** New values of the slots, in the rule's order. */
  readonly slots: readonly Tensor[];
}

export interface UpdateRule {
  /** What is remembered for each weight. */
  readonly slots: readonly OptimizerSlot[];
  /** Multiplies the scheduled rate of step `step` (from 1) before it reaches `update`. */
  rateFactor(step: number): number;
  update(gradient: Tensor, slots: readonly Tensor[], rate: Scalar): Update;
  /** TensorFlow's one op for the same, on the weight and its slots in the rule's order. */
  fused(gradient: Tensor, rate: Scalar): Omit<VariableUpdate, "variables">;
}

/**
 * Stochastic gradient descent with momentum (ApplyMomentum): m ← momentum·m + g; w ← w − rate·m.
 * Nesterov: w ← w − rate·(g + momentum·m).
 */
function sgd({ momentum, isNesterov }: Extract<Optimizer, { kind: "sgd" }>): Omit<UpdateRule, "slots"> {
  return {
    rateFactor: () => 1,
    update(gradient, [before], rate) {
      if (!before) return { decrease: tf.mul(gradient, rate), slots: [] };
      const after = tf.add(tf.mul(before, momentum), gradient);
      const decrease = isNesterov
        ? tf.add(tf.mul(gradient, rate), tf.mul(tf.mul(after, momentum), rate))
        : tf.mul(after, rate);
      return { decrease, slots: [after] };
    },
    fused: (gradient, rate) =>
      momentum > 0
        ? {
            op: "ResourceApplyMomentum",
            inputs: [rate, gradient, tf.scalar(momentum)],
            attributes: [floats, boolAttribute("use_nesterov", isNesterov)],
          }
        : { op: "ResourceApplyGradientDescent", inputs: [rate, gradient], attributes: [floats] },
  };
}

/**
 * RMSProp (Tieleman & Hinton 2012; ApplyRMSProp): s ← decay·s + (1 − decay)·g²; m ← momentum·m + rate·g / √(s + ε); w ← w − m.
 * ε stands inside the root, as in TensorFlow's kernel and in Keras (PyTorch adds it to the root), and the Inception papers' ε = 1 is meant for that place.
 * s begins at `initialMeanSquare`: at zero in Keras and PyTorch, at one in TensorFlow 1.
 */
function rmsprop({ decay, momentum, epsilon }: Extract<Optimizer, { kind: "rmsprop" }>): Omit<UpdateRule, "slots"> {
  return {
    rateFactor: () => 1,
    update(gradient, slots, rate) {
      const [squares, moments] = pairOf(slots);
      const meanSquare = movedTowards(squares, tf.square(gradient), shareOf(decay));
      const scaled = tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(meanSquare, epsilon)));
      const moment = tf.add(tf.mul(moments, momentum), scaled);
      return { decrease: moment, slots: [meanSquare, moment] };
    },
    fused: (gradient, rate) => ({
      op: "ResourceApplyRMSProp",
      inputs: [rate, tf.scalar(decay), tf.scalar(momentum), tf.scalar(epsilon), gradient],
      attributes: [floats],
    }),
  };
}

/**
 * Adam (Kingma & Ba 2015, the reordered form of its section 2; ApplyAdam): m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²;
 * w ← w − rate·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε).
 */
function adam({ beta1, beta2, epsilon }: Extract<Optimizer, { kind: "adam" }>): Omit<UpdateRule, "slots"> {
  return {
    rateFactor: (step) => Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step),
    update(gradient, slots, rate) {
      const [means, squares] = pairOf(slots);
      const mean = movedTowards(means, gradient, shareOf(beta1));
      const meanSquare = movedTowards(squares, tf.square(gradient), shareOf(beta2));
      return { decrease: tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(meanSquare), epsilon)), slots: [mean, meanSquare] };
    },
    // Its powers of β₁ and β₂ correct the rate, which `rateFactor` has done already: with powers of zero the op leaves it alone.
    fused: (gradient, rate) => ({
      op: "ResourceApplyAdam",
      inputs: [0, 0, rate, beta1, beta2, epsilon, gradient].map((input) =>
        typeof input === "number" ? tf.scalar(input) : input,
      ),
      attributes: [floats],
    }),
  };
}

export function updateRule(optimizer: Optimizer): UpdateRule {
  return { slots: optimizerSlots(optimizer), ...formulasOf(optimizer) };
}

function formulasOf(optimizer: Optimizer): Omit<UpdateRule, "slots"> {
  switch (optimizer.kind) {
    case "sgd":
      return sgd(optimizer);
    case "rmsprop":
      return rmsprop(optimizer);
    case "adam":
      return adam(optimizer);
  }
}

const floats = typeAttribute("T", "float32");

/** Weights that are moved as one, with what the rule remembers of them. */
export interface OptimizedWeights {
  readonly weights: Movable;
  /** In the rule's order, each grouped as the weights are. */
  readonly slots: readonly Movable[];
  /** Whether each step takes a share off, beside what the rule does: decoupled weight decay. */
  readonly isShrunk: boolean;
}

/** A rule with the slot variables of one network's weights; `dispose` frees them. */
export interface BoundOptimizer {
  readonly rule: UpdateRule;
  readonly clipNorm: number | null;
  readonly variables: readonly Variable[];
  readonly groups: readonly OptimizedWeights[];
  dispose(): void;
}

export function bindOptimizer(
  optimizer: Optimizer,
  clipNorm: number | null,
  variables: readonly Variable[],
  shrunk: ReadonlySet<Variable> = new Set(),
): BoundOptimizer {
  const rule = updateRule(optimizer);
  const groups = [true, false].flatMap((isShrunk) =>
    groupSmall(variables.filter((variable) => shrunk.has(variable) === isShrunk)).map((weights) => ({
      weights,
      slots: rule.slots.map(({ initialValue }) => filledLike(weights, initialValue)),
      isShrunk,
    })),
  );
  return {
    rule,
    clipNorm,
    variables,
    groups,
    dispose: () => {
      for (const slot of groups.flatMap(({ slots }) => slots.flatMap(membersOf))) slot.dispose();
    },
  };
}

function filledLike(movable: Movable, value: number): Movable {
  const filled = membersOf(movable).map(({ shape }) => tf.tidy(() => tf.variable(tf.fill(shape, value), false)));
  return isGroup(movable) ? filled : filled[0]!;
}

/** One a group. `gradientOf` a weight; where none reaches it, it moves as by a gradient of zeros. Call within `tf.tidy`. */
export function joinGradients(
  { groups }: BoundOptimizer,
  gradientOf: (weight: Variable) => Tensor | null,
): readonly Tensor[] {
  return groups.map(({ weights }) =>
    joined(
      weights,
      membersOf(weights).map((weight) => gradientOf(weight) ?? tf.zerosLike(weight)),
    ),
  );
}

/**
 * One update of every weight and slot. `weightShrink` is the share that decoupled decay takes off, of the weight as it was before the step.
 * Call within `tf.tidy`.
 * @param gradients as `joinGradients` makes them
 */
export function applyGradients(
  { rule, clipNorm, groups }: BoundOptimizer,
  gradients: readonly Tensor[],
  { learningRate: rate, weightShrink }: { readonly learningRate: Scalar; readonly weightShrink: Scalar },
): void {
  const clipped = clipNorm === null ? gradients : clipByGlobalNorm(gradients, clipNorm);
  groups.forEach(({ weights, slots, isShrunk }, index) => {
    const gradient = clipped[index]!;
    const shrink = isShrunk ? tf.mul(currentValue(weights), weightShrink) : null;
    if (!recordUpdate(() => ({ variables: [weights, ...slots], ...rule.fused(gradient, rate) }))) {
      const update = rule.update(gradient, slots.map(currentValue), rate);
      decreaseVariable(weights, update.decrease);
      update.slots.forEach((value, slot) => {
        assignVariable(slots[slot]!, value);
      });
    }
    if (shrink) decreaseVariable(weights, shrink);
  });
}

/** All gradients scaled by clipNorm / max(norm, clipNorm), norm = √Σg² over all of them (Pascanu 2013; tf.clip_by_global_norm). */
export function clipByGlobalNorm(gradients: readonly Tensor[], clipNorm: number): Tensor[] {
  const norm = tf.sqrt(tf.mul(halfSquareSumOf(gradients), 2));
  const scale = tf.div(clipNorm, tf.maximum(norm, clipNorm));
  return gradients.map((gradient) => tf.mul(gradient, scale));
}

/** Whether every gradient is finite, of type bool: a sum of squares is not where one of them is not. */
export function areFinite(gradients: readonly Tensor[]): Scalar {
  return tf.isFinite(halfSquareSumOf(gradients));
}

/** ½·Σg² over all of them. */
function halfSquareSumOf(gradients: readonly Tensor[]): Scalar {
  return tf.sum(tf.stack(gradients.map(halfSquareSum)));
}

/** (1 − share)·average + share·value, put as TensorFlow puts it. */
export function movedTowards(average: Tensor, value: Tensor, share: Scalar | number): Tensor {
  return tf.add(average, tf.mul(tf.sub(value, average), share));
}

/** TensorFlow's 1 − decay in 32 bits: for 0.999 that is 1.3e-5 off 0.001. */
function shareOf(decay: number): number {
  return 1 - Math.fround(decay);
}

function pairOf(slots: readonly Tensor[]): [Tensor, Tensor] {
  const [first, second] = slots;
  if (!first || !second) throw new Error("The rule needs two slots");
  return [first, second];
}

/** A built network: variables and a pure forward pass over them. */
import type { Scalar, Tensor, Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";

export interface Weight {
  /** Row names joined by `/` (a module's branches as `Branch_0`, `Branch_1`, …), then `kernel`, `bias`, `gamma`, `beta`, `moving-mean` or `moving-variance`. */
  readonly name: string;
  readonly variable: Variable;
  readonly isTrainable: boolean;
  /** Kernels take weight decay; biases, γ, β and moving statistics do not. */
  readonly isDecayed: boolean;
}

export interface ForwardMode {
  readonly isTraining: boolean;
  /** Differs from step to step, and is an int32 scalar where steps are recorded; dropout masks follow from it and the row's position alone. */
  readonly dropoutSeed: Scalar | number;
}

export interface Outputs {
  /** [pictures, classes] */
  readonly logits: Tensor2D;
  /** One a head, in table order; empty outside training. */
  readonly auxiliary: readonly { readonly logits: Tensor2D; readonly weight: number }[];
  /** New values of moving statistics, to be assigned after the step; empty outside training. */
  readonly movingUpdates: readonly { readonly variable: Variable; readonly value: Tensor }[];
}

export type OnRow = (path: string, output: Tensor4D) => Tensor4D | undefined;

export interface Network {
  readonly weights: readonly Weight[];
  readonly parameters: number;
  readonly auxiliaryParameters: number;
  /**
   * `pictures`: float32 [pictures, side, side, 3], already scaled to [−1, 1]. `onRow` sees every row's output,
   * [pictures, height, width, channels], under the path that also begins its weights' names; what it gives back goes on in its place.
   * In training, what lies between input and logits stays for the gradient: call this inside `tf.tidy` or a gradient function.
   */
  forward(pictures: Tensor4D, mode: ForwardMode, onRow?: OnRow): Outputs;
  dispose(): void;
}

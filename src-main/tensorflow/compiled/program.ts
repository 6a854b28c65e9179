/**
 * Compiled functions: what a training step costs beyond its arithmetic is mostly the calls into TensorFlow, thousands a step when tfjs runs op
 * by op. Here a function is run op by op once while a recorder listens, the ops are written as a TensorFlow graph, and from then on each run
 * is one native call, with TensorFlow's own optimiser of graphs at work on it.
 *
 *     const program = openProgram({
 *       variables: [weight],
 *       functions: {
 *         train: ({ x, rate }: { x: Tensor; rate: Tensor }) => {
 *           const decrease = tf.mul(tf.mean(x), rate);
 *           assignVariable(weight, tf.sub(weight, decrease));
 *           return { decrease };
 *         },
 *         predict: ({ x }: { x: Tensor }) => ({ y: tf.mul(x, weight) }),
 *       },
 *     });
 *     const { decrease } = program.run("train", { x, rate });
 *
 * - **Inputs and outputs** are tensors by name. Each new combination of input shapes is recorded once more, and the graph loaded anew with all
 *   recordings so far: cheap for a handful of shapes, ruinous for many.
 * - **Whatever differs from run to run is an input**: learning rates, seeds. Any other value becomes a constant of the graph, numbers and tensors
 *   of the surrounding scope alike. So does a way taken by `if`.
 * - **Variables** are shared by all functions of a program and named when it is opened. They are read as they were before the run, and moved by
 *   `assignVariable` or `recordUpdate` once nothing needs that value any more; what a move has left is read by `movedValue`, and a function that takes
 *   the variable itself after it moved it is refused.
 * - **The values live in one place at a time.** The first run takes them into the graph and leaves the tf.Variables empty: reading one is then
 *   an error. `readVariables` fetches them back; the next run takes them away again.
 * - **Conditions**: moves made within `moveWhere` are made only in runs where its condition holds.
 * - **Groups**: a list among the variables is one to the graph, see flat-variables.ts; its members are read one by one and moved together.
 * - **Precision**: a program can compute in bfloat16 or float16 with its variables in float32, see precision.ts.
 * - **Refusal**: a function that reads its values on the way (`dataSync`), assigns past the recorder, or uses an op that a graph cannot hold
 *   is run op by op, as is everything with `isEager`; `refusal` then says why. The results are the same, op by op: eager execution is the reference
 *   that tests hold compiled functions to.
 *
 * The parts: recorder.ts listens, while stand-ins.ts keeps memory low; recorded-graph.ts makes nodes of what is heard, precision.ts lowers
 * them, graph-def.ts writes them as bytes, session.ts loads and runs those, graph-functions.ts keeps the variables between runs.
 */
import { tf } from "../runtime.ts";
import type { Movable } from "./flat-variables.ts";
import { createGraphFunctions } from "./graph-functions.ts";
import type { LowPrecision } from "./precision.ts";
import { type NamedTensors, NotRecordableError } from "./recorded-graph.ts";

/** Each takes tensors by name, its own ones: `never` is the one type that all of their inputs have in common. */
export type ProgramFunctions = Readonly<Record<string, (inputs: never) => NamedTensors>>;

export interface Program<F extends ProgramFunctions> {
  /** Why functions run op by op; null while they are compiled. */
  readonly refusal: string | null;
  /** The caller disposes inputs and outputs. */
  run<N extends keyof F & string>(name: N, inputs: Parameters<F[N]>[0]): ReturnType<F[N]>;
  /** Records a function for inputs of these shapes, whose values do not matter, and moves no variable. */
  prepare<N extends keyof F & string>(name: N, inputs: Parameters<F[N]>[0]): void;
  /** Brings the variables' values back into the tf.Variables. */
  readVariables(): void;
  /** Takes what stands in the tf.Variables, all of which must have values, for the next run. */
  writeVariables(): void;
  /** Frees the graph. The tf.Variables stay the caller's, empty unless they were read. */
  dispose(): void;
}

export interface ProgramOptions<F extends ProgramFunctions> {
  /** Whatever the functions read or move. */
  readonly variables: readonly Movable[];
  readonly functions: F;
  readonly isEager?: boolean;
  /** Of products and convolutions. What runs op by op runs in float32, whatever this says. */
  readonly precision?: "float32" | LowPrecision;
  /** Path at which the graph's file stays to be inspected. */
  readonly keepGraphAs?: string | null;
}

export function openProgram<F extends ProgramFunctions>(options: ProgramOptions<F>): Program<F> {
  const { variables, functions, isEager = false, precision = "float32", keepGraphAs = null } = options;
  // Each is handed what `run` or `prepare` took for this very function.
  const bodies = functions as unknown as Readonly<Record<string, (inputs: NamedTensors) => NamedTensors>>;
  const graph = createGraphFunctions(variables, bodies, precision, keepGraphAs);
  let refusal = isEager ? "asked for" : null;

  function compiledOr<T>(compiled: () => T, eager: () => T): T {
    if (refusal !== null) return eager();
    try {
      return compiled();
    } catch (thrown) {
      if (!(thrown instanceof NotRecordableError)) throw thrown;
      // Thrown before anything ran, and with the values in the tf.Variables.
      refusal = thrown.message;
      graph.dispose();
      return eager();
    }
  }
  return {
    get refusal() {
      return refusal;
    },
    run(name, inputs) {
      const outputs = compiledOr<NamedTensors>(
        () => graph.run(name, inputs),
        () => tf.tidy(() => bodies[name]!(inputs)),
      );
      // Named as the function names them, and of the shapes and types that it gave when it was recorded.
      return outputs as ReturnType<F[typeof name]>;
    },
    prepare: (name, inputs) =>
      compiledOr<void>(
        () => void graph.record(name, inputs),
        () => {},
      ),
    readVariables: graph.readVariables,
    writeVariables: graph.writeVariables,
    dispose: graph.dispose,
  };
}

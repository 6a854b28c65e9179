/** What a compiled function may do, case by case beside the same function run op by op: a list, and so a long file. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupSmall, joined, type Movable } from "../../../src-main/tensorflow/compiled/flat-variables.ts";
import {
  assignVariable,
  decreaseVariable,
  movedValue,
  moveWhere,
} from "../../../src-main/tensorflow/compiled/move-variables.ts";
import { openProgram, type Program } from "../../../src-main/tensorflow/compiled/program.ts";
import type { NamedTensors } from "../../../src-main/tensorflow/compiled/recorded-graph.ts";
import { recordUpdate } from "../../../src-main/tensorflow/compiled/recorder.ts";
import { dropOut } from "../../../src-main/tensorflow/kernels/dropout.ts";
import { matMul } from "../../../src-main/tensorflow/kernels/mat-mul.ts";
import { typeAttribute } from "../../../src-main/tensorflow/op-attributes.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";

let weight: Variable;
let opened: Program<Record<string, (inputs: NamedTensors) => NamedTensors>>[];
let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
  weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
  opened = [];
});
afterEach(() => {
  for (const program of opened) program.dispose();
  weight.dispose();
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

type Body = (inputs: Readonly<Record<string, Tensor>>) => NamedTensors;

function programOf(functions: Record<string, Body>, variables: Movable[] = [weight]) {
  const program = openProgram({ variables, functions });
  opened.push(program);
  return program;
}

/** Runs a function on numbers (scalars) and lists (vectors), and gives its outputs as lists. */
function run(
  program: ReturnType<typeof programOf>,
  name: string,
  inputs: Readonly<Record<string, number | number[]>>,
): Record<string, number[]> {
  const tensors = Object.fromEntries(Object.entries(inputs).map(([input, value]) => [input, tf.tensor(value)]));
  const outputs = program.run(name, tensors);
  const values = Object.fromEntries(
    Object.entries(outputs).map(([output, tensor]) => [output, [...tensor.dataSync()]]),
  );
  tf.dispose([tensors, outputs]);
  return values;
}

const descend: Body = ({ x, rate }) => {
  const decrease = tf.mul(x!, rate!);
  assignVariable(weight, tf.sub(weight, decrease));
  return { decrease, before: tf.mul(weight.clone(), 1) };
};
/** As `descend`, with nothing read behind the move. */
const step: Body = ({ x }) => {
  const before = tf.mul(weight, 1);
  assignVariable(weight, tf.sub(weight, x!));
  return { before };
};

describe("a compiled function", () => {
  it("gives for new inputs what its ops give", () => {
    const program = programOf({ line: ({ x, slope }) => ({ y: tf.add(tf.mul(x!, slope!), 0.5) }) });
    expect(run(program, "line", { x: [1, 2], slope: 2 })).toEqual({ y: [2.5, 4.5] });
    expect(run(program, "line", { x: [3, 4], slope: -1 })).toEqual({ y: [-2.5, -3.5] });
    expect(program.refusal).toBeNull();
  });

  it("computes in bfloat16 where it is told to, with inputs, outputs and variables in float32", () => {
    const square = tf.tidy(() =>
      tf.variable(
        tf.tensor2d([
          [1, 0.001953125],
          [0, 1],
        ]),
      ),
    );
    // 1 + 2⁻⁹ takes ten bits: in bfloat16 it is 1.
    const program = openProgram({
      variables: [square],
      functions: {
        product: ({ x }: NamedTensors) => ({
          y: matMul(tf.add(x!, 0), square as Tensor as Tensor2D),
          z: tf.mul(x!, 1),
        }),
      },
      precision: "bfloat16",
    });
    const x = tf.tensor2d([[1.001953125, 1]]);
    const { y, z } = program.run("product", { x });
    expect([...y!.dataSync()]).toEqual([1, 1]);
    expect(z!.dataSync()[0]).toBe(1.001953125);
    tf.dispose([x, y!, z!]);
    program.dispose();
    square.dispose();
  });

  it("computes in float16 where it is told to: eleven bits, and nothing above 65,504", () => {
    const program = openProgram({
      variables: [],
      functions: { product: ({ x, by }: NamedTensors) => ({ y: matMul(x as Tensor2D, by as Tensor2D) }) },
      precision: "float16",
    });
    const products = (by: number) => {
      const inputs = {
        x: tf.tensor2d([[1 + 2 ** -10, 1 + 2 ** -11]]),
        by: tf.tensor2d([
          [by, 0],
          [0, by],
        ]),
      };
      const { y } = program.run("product", inputs);
      const values = [...y!.dataSync()];
      tf.dispose([inputs, y!]);
      return values;
    };
    expect(products(1)).toEqual([1 + 2 ** -10, 1]);
    expect(products(2 ** 15)).toEqual([2 ** 15 + 32, 2 ** 15]);
    expect(products(2 ** 16)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    program.dispose();
  });

  it("moves variables only in runs where a condition holds, and after it whatever else moves them", () => {
    const other = tf.tidy(() => tf.variable(tf.tensor1d([10, 20])));
    const walk: Body = ({ x }) => {
      const before = tf.mul(weight, 1);
      moveWhere(tf.greater(tf.sum(x!), 0) as Scalar, () => {
        decreaseVariable(weight, x!);
        assignVariable(other, tf.mul(movedValue(weight), 100));
        decreaseVariable(weight, tf.mul(x!, 2));
      });
      decreaseVariable(weight, tf.scalar(0.5).broadcastTo([2]));
      return { before, after: tf.mul(movedValue(weight), 1), other: tf.mul(movedValue(other), 1) };
    };
    const seen = [true, false].map((isEager) => {
      tf.tidy(() => weight.assign(tf.tensor1d([1, 2])));
      tf.tidy(() => other.assign(tf.tensor1d([10, 20])));
      const program = openProgram({ variables: [weight, other], functions: { walk }, isEager });
      opened.push(program);
      const runs = [
        [1, 1],
        [-1, -1],
        [2, 0],
        [-5, 0],
      ].map((x) => run(program, "walk", { x }));
      expect(program.refusal).toBe(isEager ? "asked for" : null);
      program.readVariables();
      return { runs, ends: [...weight.dataSync(), ...other.dataSync()] };
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]!.runs).toEqual([
      { before: [1, 2], after: [-2.5, -1.5], other: [0, 100] },
      { before: [-2.5, -1.5], after: [-3, -2], other: [0, 100] },
      { before: [-3, -2], after: [-9.5, -2.5], other: [-500, -200] },
      { before: [-9.5, -2.5], after: [-10, -3], other: [-500, -200] },
    ]);
    other.dispose();
  });

  it("moves its variables from run to run, and gives them back when asked", () => {
    const program = programOf({ step });
    expect(run(program, "step", { x: [1, 1] })).toEqual({ before: [1, 2] });
    expect(run(program, "step", { x: [1, 1] })).toEqual({ before: [0, 1] });
    program.readVariables();
    expect([...weight.dataSync()]).toEqual([-1, 0]);
    expect(program.refusal).toBeNull();
  });

  it("moves a variable twice in the order of its moves", () => {
    const twice: Body = ({ x }) => {
      const half = tf.mul(weight, 0.5);
      assignVariable(weight, tf.mul(x!, 10));
      decreaseVariable(weight, half);
      return { y: tf.mul(x!, 3) };
    };
    const program = programOf({ twice });
    run(program, "twice", { x: [1, 2] });
    program.readVariables();
    expect([...weight.dataSync()]).toEqual([10 - 0.5, 20 - 1]);
    expect(program.refusal).toBeNull();
  });

  it("reads what the moves so far have left, of a variable and of a group", () => {
    const [matrix, trace] = tf.tidy(() => [tf.variable(tf.ones([2, 2])), tf.variable(tf.zeros([6]))]);
    const group = [weight, matrix];
    const shrink: Body = ({ x }) => {
      decreaseVariable(group, tf.mul(joined(group, group), x!));
      const first = tf.mul(movedValue(group), 1);
      decreaseVariable(group, tf.mul(first, x!));
      // trace = after the first move + 10 · after the second; then twice that.
      assignVariable(trace, tf.add(first, tf.mul(movedValue(group), 10)));
      assignVariable(trace, tf.mul(movedValue(trace), 2));
      return { sum: tf.sum(movedValue(group)) };
    };
    for (const isEager of [false, true]) {
      tf.tidy(() => {
        weight.assign(tf.tensor1d([1, 2]));
        matrix.assign(tf.ones([2, 2]));
      });
      const program = openProgram({ variables: [group, trace], functions: { shrink }, isEager });
      opened.push(program);
      expect([1, 2].map(() => run(program, "shrink", { x: 0.5 }).sum)).toEqual([[1.75], [0.4375]]);
      program.readVariables();
      expect([...weight.dataSync()]).toEqual([1 / 16, 2 / 16]);
      // (1/8 + 10/16) · 2 for a value that began at 1
      expect([...trace.dataSync()]).toEqual([1.5, 3, 1.5, 1.5, 1.5, 1.5]);
      expect(program.refusal).toBe(isEager ? "asked for" : null);
    }
    tf.dispose([matrix, trace]);
  });

  it("reads the members of a group one by one and moves them together", () => {
    const matrix = tf.tidy(() => tf.variable(tf.ones([2, 2])));
    const group = [weight, matrix];
    const shrink: Body = ({ x }) => {
      const sum = tf.add(tf.sum(weight), tf.sum(matrix));
      decreaseVariable(group, tf.mul(joined(group, group), x!));
      decreaseVariable(group, joined(group, [tf.ones([2]), tf.zeros([2, 2])]));
      return { sum };
    };
    for (const isEager of [false, true]) {
      tf.tidy(() => {
        weight.assign(tf.tensor1d([1, 2]));
        matrix.assign(tf.ones([2, 2]));
      });
      const program = openProgram({ variables: [group], functions: { shrink }, isEager });
      opened.push(program);
      const sums = [1, 2].map(() => run(program, "shrink", { x: 0.5 }).sum);
      expect(sums).toEqual([[7], [1.5]]);
      program.readVariables();
      expect([...weight.dataSync()]).toEqual([-1.25, -1]);
      expect(matrix.arraySync()).toEqual([
        [0.25, 0.25],
        [0.25, 0.25],
      ]);
      expect(program.refusal).toBe(isEager ? "asked for" : null);
    }
    matrix.dispose();
  });

  it("is refused where it moves one of a group by itself", () => {
    const other = tf.tidy(() => tf.variable(tf.tensor1d([8, 9])));
    const program = programOf({ step }, [[weight, other]]);
    run(program, "step", { x: [1, 1] });
    expect(program.refusal).toBe("it moves a variable that it did not name");
    other.dispose();
  });

  it("reads every variable as it was before the run: two can change places", () => {
    const other = tf.tidy(() => tf.variable(tf.tensor1d([8, 9])));
    const swap: Body = () => {
      const [first, second] = [tf.mul(weight, 1), tf.mul(other, 1)];
      assignVariable(weight, second);
      assignVariable(other, first);
      return { first };
    };
    const program = programOf({ swap }, [weight, other]);
    run(program, "swap", {});
    program.readVariables();
    expect([[...weight.dataSync()], [...other.dataSync()]]).toEqual([
      [8, 9],
      [1, 2],
    ]);
    expect(program.refusal).toBeNull();
    other.dispose();
  });

  it("keeps its variables' values where another function, or another shape, is recorded later", () => {
    const program = programOf({ step, predict: ({ x }) => ({ y: tf.mul(x!, tf.sum(weight)) }) });
    run(program, "step", { x: [1, 1] });
    expect(run(program, "predict", { x: [1] })).toEqual({ y: [1] });
    expect(run(program, "predict", { x: [1, 2, 3] })).toEqual({ y: [1, 2, 3] });
    expect(run(program, "step", { x: [0, 0] })).toEqual({ before: [0, 1] });
  });

  it("takes what was put into the variables meanwhile", () => {
    const program = programOf({ step });
    run(program, "step", { x: [1, 1] });
    program.readVariables();
    tf.tidy(() => weight.assign(tf.tensor1d([5, 6])));
    program.writeVariables();
    expect(run(program, "step", { x: [1, 1] })).toEqual({ before: [5, 6] });
    expect(run(program, "step", { x: [1, 1] })).toEqual({ before: [4, 5] });
  });

  it("leaves the variables empty, so that nobody reads a value that is no longer theirs", () => {
    const program = programOf({ step });
    run(program, "step", { x: [1, 1] });
    expect(() => weight.dataSync()).toThrow();
    expect(() => tf.tidy(() => tf.mul(weight, 1))).toThrow();
  });

  it("runs TensorFlow's own updates in place of composed ones", () => {
    const descendFused: Body = ({ x, rate }) => {
      const attributes = [typeAttribute("T", "float32")];
      recordUpdate(() => ({
        op: "ResourceApplyGradientDescent",
        variables: [weight],
        inputs: [rate!, x!],
        attributes,
      }));
      return { rate: tf.mul(rate!, 1) };
    };
    const program = programOf({ descendFused });
    run(program, "descendFused", { x: [1, 2], rate: 0.5 });
    program.readVariables();
    expect([...weight.dataSync()]).toEqual([0.5, 1]);
  });

  it("keeps constants of every type: numbers, lists, repeated values, truths", () => {
    const program = programOf({
      constants: ({ x }) => ({
        floats: tf.add(x!, tf.tensor1d([0.25, -1])),
        repeated: tf.add(x!, tf.fill([2], 3)),
        integers: tf.add(tf.cast(x!, "int32"), tf.tensor1d([-2, 7], "int32")),
        chosen: tf.where(tf.tensor1d([true, false], "bool"), x!, tf.zerosLike(x!)),
      }),
    });
    const expected = { floats: [1.25, 1], repeated: [4, 5], integers: [-1, 9], chosen: [1, 0] };
    run(program, "constants", { x: [5, 6] });
    expect(run(program, "constants", { x: [1, 2] })).toEqual(expected);
    expect(program.refusal).toBeNull();
  });

  it("draws a dropout mask that follows from the seed of each run", () => {
    const ones = tf.ones([400]);
    const program = openProgram({
      variables: [],
      functions: { drop: ({ seed }: { seed: Scalar }) => ({ y: dropOut(ones, 0.5, seed, 3) }) },
    });
    const masks = [1, 2, 1].map((seed) =>
      tf.tidy(() => [...program.run("drop", { seed: tf.scalar(seed, "int32") }).y.dataSync()]),
    );
    expect(masks[1]).not.toEqual(masks[0]);
    expect(masks[2]).toEqual(masks[0]);
    expect(program.refusal).toBeNull();
    program.dispose();
    ones.dispose();
  });

  it("keeps the graph's file where it is asked to, and none otherwise", () => {
    const folder = mkdtempSync(join(tmpdir(), "strata-kept-"));
    const file = join(folder, "graphs", "step.pb");
    const program = openProgram({ variables: [weight], functions: { step }, keepGraphAs: file });
    opened.push(program);
    run(program, "step", { x: [1, 1] });
    expect(existsSync(file)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it("is recorded in less memory than its ops' results would take together", () => {
    let heldBytes = 0;
    const long: Body = ({ x }) => {
      const before = process.memoryUsage.rss();
      let sum: Tensor = x!;
      for (let op = 0; op < 20; op++) sum = tf.mul(sum, 1.5);
      heldBytes = process.memoryUsage.rss() - before;
      return { y: tf.max(sum) };
    };
    const program = programOf({ long });
    // 64 MiB: so large a block goes back to the system when it is freed, whatever the allocator keeps of smaller ones.
    const x = tf.ones([2 ** 24]);
    program.prepare("long", { x });
    // 20 times 64 MiB, kept
    expect(heldBytes).toBeLessThan(400 * 2 ** 20);
    const { y } = program.run("long", { x });
    expect(y!.dataSync()[0]! / 1.5 ** 20).toBeCloseTo(1, 4);
    tf.dispose([x, y]);
  });

  it("leaves neither tensors nor memory behind in two thousand runs", () => {
    const values = Float32Array.from({ length: 100_000 }, (_, index) => index);
    const large = tf.tidy(() => tf.variable(tf.tensor1d(values)));
    const move: Body = ({ x }) => {
      assignVariable(large, tf.add(large, x!));
      return { mean: tf.mean(x!), copy: tf.mul(x!, 2) };
    };
    const program = programOf({ move }, [large]);
    const once = () => {
      const x = tf.tensor1d(values);
      tf.dispose([program.run("move", { x }), x]);
    };
    for (let i = 0; i < 200; i++) once();
    const [tensors, bytes] = [tf.memory().numTensors, process.memoryUsage.rss()];
    for (let i = 0; i < 2000; i++) once();
    expect(tf.memory().numTensors).toBe(tensors);
    // Each run makes a megabyte of tensors: two thousand, were they kept.
    expect(process.memoryUsage.rss() - bytes).toBeLessThan(100e6);
    large.dispose();
  });
});

describe("a disposed program", () => {
  it("gives back the memory of its variables", () => {
    const values = new Float32Array(2_000_000);
    const openAndClose = () => {
      const large = tf.tidy(() => tf.variable(tf.tensor1d(values)));
      const program = openProgram({
        variables: [large],
        functions: {
          times: ({ x }: { x: Tensor }) => {
            assignVariable(large, tf.mul(large, x));
            return { x: tf.mul(x, 1) };
          },
        },
      });
      const x = tf.scalar(2);
      tf.dispose([program.run("times", { x }), x]);
      program.dispose();
      large.dispose();
    };
    for (let i = 0; i < 10; i++) openAndClose();
    const bytes = process.memoryUsage.rss();
    for (let i = 0; i < 60; i++) openAndClose();
    // Sixty times eight megabytes, were they kept.
    expect(process.memoryUsage.rss() - bytes).toBeLessThan(100e6);
  });
});

describe("a function that cannot be recorded runs op by op, and says why:", () => {
  const refused: Record<string, Body> = {
    "it reads a value on its way": ({ x }) => ({ y: tf.mul(x!, tf.sum(x!).dataSync()[0]!) }),
    "it assigned to a variable past the recorder": ({ x }) => {
      weight.assign(tf.add(weight, 0));
      return { y: tf.mul(x!, 3) };
    },
  };
  for (const [refusal, body] of Object.entries(refused))
    it(refusal, () => {
      const program = programOf({ body });
      expect(run(program, "body", { x: [1, 2] })).toEqual({ y: [3, 6] });
      expect(program.refusal).toBe(refusal);
      expect(run(program, "body", { x: [1, 2] })).toEqual({ y: [3, 6] });
    });

  it("it sums by AddN, whose order is not fixed", () => {
    const program = programOf({ sum: ({ x }) => ({ y: tf.addN([x!, x!, x!]) }) });
    expect(run(program, "sum", { x: [1, 2] })).toEqual({ y: [3, 6] });
    expect(program.refusal).toMatch(/^it sums by AddN/);
  });

  it("it reads a variable after it moved it", () => {
    const program = programOf({ descend });
    expect(run(program, "descend", { x: [2, 2], rate: 0.5 })).toEqual({ decrease: [1, 1], before: [0, 1] });
    expect(program.refusal).toBe("it reads a variable after it moved it");
    expect([...weight.dataSync()]).toEqual([0, 1]);
  });

  it("it reads a variable that it did not name", () => {
    const program = programOf({ predict: ({ x }) => ({ y: tf.mul(x!, weight) }) }, []);
    expect(run(program, "predict", { x: [1, 2] })).toEqual({ y: [1, 4] });
    expect(program.refusal).toBe("it reads a variable that it did not name");
  });

  it("it has no outputs", () => {
    const program = programOf({
      move: ({ x }) => {
        assignVariable(weight, tf.mul(x!, 2));
        return {};
      },
    });
    expect(run(program, "move", { x: [1, 2] })).toEqual({});
    expect(program.refusal).toMatch(/^it has no outputs/);
    expect([...weight.dataSync()]).toEqual([2, 4]);
  });

  it("what one function of a program cannot, all do op by op, from the values reached so far", () => {
    const program = programOf({ step, peek: ({ x }) => ({ y: tf.mul(x!, tf.sum(weight).dataSync()[0]!) }) });
    run(program, "step", { x: [1, 1] });
    expect(run(program, "peek", { x: [1] })).toEqual({ y: [1] });
    expect(run(program, "step", { x: [1, 1] })).toEqual({ before: [0, 1] });
    expect(program.refusal).toBe("it reads a value on its way");
  });

  it("TensorFlow does not take the graph", () => {
    // The handle and the value disagree in their type.
    const broken: Body = ({ x }) => {
      const attributes = [typeAttribute("dtype", "int32")];
      recordUpdate(() => ({ op: "AssignVariableOp", variables: [weight], inputs: [x!], attributes }));
      return { y: tf.mul(x!, 3) };
    };
    const program = programOf({ broken });
    expect(run(program, "broken", { x: [1, 2] })).toEqual({ y: [3, 6] });
    expect(program.refusal).toMatch(/^TensorFlow does not take the graph: /);
  });
});

describe("small variables", () => {
  it("are grouped where there are several, and large ones stay by themselves", () => {
    const variables = [3, 2 ** 16 + 1, 5].map((size) => tf.tidy(() => tf.variable(tf.zeros([size]))));
    const [small, large, other] = variables as [Variable, Variable, Variable];
    expect(groupSmall(variables)).toEqual([[small, other], large]);
    expect(groupSmall([large, small])).toEqual([large, small]);
    tf.dispose(variables);
  });
});

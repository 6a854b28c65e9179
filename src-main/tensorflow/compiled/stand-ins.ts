/**
 * While a function is recorded its ops run for their outputs' shapes alone, and nothing may be let go of before the backward pass has been
 * recorded too: of a large network at a large batch that would be gigabytes, more than any step needs later. So each large output gives its
 * memory back at once, and views of one tensor of zeros stand in for them all.
 */
import type { Tensor, Tensor1D } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";

/** 64 KiB of float32: what is smaller costs more to replace than it holds. */
const leastValues = 2 ** 14;

export interface StandIns {
  /** Values are zeros from here on. Each tensor must own its memory, as an op's output does. */
  replace(outputs: readonly Tensor[]): void;
  /** A tensor of zeros for a value that no op has given. */
  tensorLike(shape: readonly number[]): Tensor;
  dispose(): void;
}

/** The ops that it runs are the backend's own: make it before anything listens there. */
export function openStandIns(): StandIns {
  const execute = backend.executeSingleOutput.bind(backend);
  const types = [typeAttribute("T", "float32"), typeAttribute("Index", "int32")];
  const reshapeTypes = [typeAttribute("T", "float32"), typeAttribute("Tshape", "int32")];
  const fillTypes = [typeAttribute("T", "float32"), typeAttribute("index_type", "int32")];
  let zeros: Tensor1D | null = null;

  /** Made by TensorFlow, which says so where there is no room; of values handed over to it, it does not. */
  function zerosOf(size: number): Tensor1D {
    const [dimensions, value] = [tf.tensor1d([size], "int32"), tf.scalar(0)];
    try {
      return tf.keep(execute("Fill", fillTypes, [dimensions, value]) as Tensor1D);
    } finally {
      tf.dispose([dimensions, value]);
    }
  }

  /** Shares the memory of `zeros`: a slice of the first dimension and a reshape move nothing. */
  function viewOf(shape: readonly number[], size: number): Tensor {
    if (!zeros || zeros.size < size) {
      zeros?.dispose();
      zeros = null;
      zeros = zerosOf(size);
    }
    const [begin, count, dimensions] = [[0], [size], shape].map((list) => tf.tensor1d([...list], "int32"));
    const slice = execute("Slice", types, [zeros, begin!, count!]);
    const view = execute("Reshape", reshapeTypes, [slice, dimensions!]);
    tf.dispose([begin, count, dimensions, slice]);
    return view;
  }

  /** The view's memory for another data id; its own keeps nothing that could be freed. */
  function takenFrom(view: Tensor): number {
    const held = backend.tensorMap.get(view.dataId);
    const { id } = held;
    held.id = -1;
    view.dispose();
    return id;
  }
  return {
    replace(outputs) {
      for (const { dataId, dtype, size, shape } of outputs) {
        if (dtype !== "float32" || size < leastValues) continue;
        const held = backend.tensorMap.get(dataId);
        backend.binding.deleteTensor(held.id);
        // Should there be no room for the view, nothing is left to free.
        held.id = -1;
        held.id = takenFrom(viewOf(shape, size));
      }
    },
    tensorLike: (shape) =>
      viewOf(
        shape,
        shape.reduce((product, length) => product * length, 1),
      ),
    dispose: () => void zeros?.dispose(),
  };
}

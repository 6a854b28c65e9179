/** Constants of a graph's nodes as `graph-def.ts` makes them, taken apart again. */
import { type AttrValue, DataType, type TensorShapeProto } from "../protobuf/generated/tensorflow_pb.js";

export interface ReadTensor {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** A constant's value: float32, or int32 as whole numbers. */
export function tensorOf({ value: attribute }: AttrValue): ReadTensor {
  if (attribute.case !== "tensor") throw new Error("A constant's value is no tensor");
  const { dtype, tensorShape, tensorContent, floatVal, intVal } = attribute.value;
  const shape = shapeOf(tensorShape);
  const size = shape.reduce((product, side) => product * side, 1);
  const isFloat = dtype === DataType.DT_FLOAT;
  if (!isFloat && dtype !== DataType.DT_INT32) throw new Error(`A constant of type ${DataType[dtype]} is not read`);
  if (tensorContent.length > 0) {
    const { buffer } = tensorContent.slice();
    return { dtype, shape, values: isFloat ? new Float32Array(buffer) : new Int32Array(buffer) };
  }
  // One value stands for all.
  const [value = 0] = isFloat ? floatVal : intVal;
  return { dtype, shape, values: (isFloat ? new Float32Array(size) : new Int32Array(size)).fill(value) };
}

function shapeOf(shape: TensorShapeProto | undefined): number[] {
  return (shape?.dim ?? []).map(({ size }) => Number(size));
}

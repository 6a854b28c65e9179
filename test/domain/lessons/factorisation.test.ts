import { expect, it } from "vitest";
import { costsOfWays, factorisations } from "../../../src-main/domain/lessons/factorisation.ts";

const place = { grid: 17, channels: 64, kernel: 7 };
const costsOf = (id: string, at = place) => costsOfWays(factorisations.find((one) => one.id === id)!, at);
const places = 17 * 17;

it("each way costs kernel × channels in × channels out × places out, and its biases", () => {
  const [large, small] = costsOf("cascade-5");
  expect(large).toMatchObject({ multiplyAdds: 25 * 64 * 64 * places, parameters: 25 * 64 * 64 + 64 });
  expect(small).toMatchObject({ multiplyAdds: 2 * 9 * 64 * 64 * places, parameters: 2 * (9 * 64 * 64 + 64) });
  const [, separable] = costsOf("separable");
  expect(separable?.multiplyAdds).toBe((9 * 64 + 64 * 64) * places);
  const [, bottleneck] = costsOf("bottleneck");
  expect(bottleneck?.multiplyAdds).toBe((64 * 16 + 9 * 16 * 16 + 16 * 64) * places);
});

it("a cascade, and a kernel flattened, see what the large kernel sees", () => {
  for (const id of ["cascade-5", "cascade-7", "flattened"]) {
    const [first, other] = costsOf(id);
    expect(other?.field).toEqual(first?.field);
    expect(other!.multiplyAdds).toBeLessThan(first!.multiplyAdds);
  }
  for (const kernel of [3, 5, 9, 15]) {
    const [one, two] = costsOf("flattened", { ...place, kernel });
    expect(one?.field).toEqual({ height: kernel, width: kernel });
    expect(two!.multiplyAdds / one!.multiplyAdds).toBeCloseTo(2 / kernel, 12);
  }
});

it("every way of a comparison gives the same grid and the same channels", () => {
  for (const factorisation of factorisations)
    for (const at of [place, { grid: 4, channels: 8, kernel: 3 }, { grid: 33, channels: 40, kernel: 11 }]) {
      const outputs = costsOfWays(factorisation, at).map(({ output }) => output);
      for (const output of outputs) expect(output, factorisation.id).toEqual(outputs[0]);
    }
});

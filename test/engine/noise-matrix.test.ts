import { expect, test } from "vitest";
import { checkConfiguration } from "../../src-main/engine/scheduling/check-configuration.ts";
import { cifar, compactInception } from "../support/sample-views.ts";

const inspectWeights = () => Promise.reject(new Error("no weights are asked for"));
const check = (noiseMatrix: string | null) =>
  checkConfiguration(
    { ...compactInception, training: { ...compactInception.training, labelNoiseKind: "matrix", noiseMatrix } },
    cifar,
    inspectWeights,
  );

test("a matrix names classes of the pictures", async () => {
  await check("cat,dog,0.3");
  await expect(check("cat,dog,0.3\nwolf,dog,0.1")).rejects.toMatchObject({
    code: "settings.invalid",
    problem:
      "noiseMatrix: “wolf” is no class of these pictures, which have “airplane”, “automobile”, “bird” and 7 more.",
  });
  await expect(check("wolf,bear,0.1")).rejects.toThrow("“wolf” and “bear” are no classes of these pictures");
});

test("noise by a matrix has one", async () => {
  await expect(check(null)).rejects.toMatchObject({ code: "settings.invalid" });
});

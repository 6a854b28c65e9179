/** electron-builder, with what stops it in words. */
import { build } from "electron-builder";
import { SetUpProblem } from "../set-up/problem.mjs";

/** @param {import("electron-builder").CliOptions} options */
export async function callElectronBuilder(options) {
  try {
    return await build({ ...options, publish: "never" });
  } catch (thrown) {
    if (!(thrown instanceof Error) || !/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET/.test(thrown.message))
      throw thrown;
    throw new SetUpProblem(
      "electron-builder could not fetch Electron or its makers of installers: check the network, or give --electron pip for an Electron from pip.",
    );
  }
}

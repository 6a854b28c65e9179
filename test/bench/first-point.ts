/**
 * What it brings to decode beside training: `node test/bench/first-point.ts <folder of JPEG photographs> <pictures> <network[:pixels:width:batch]>…`. The
 * photographs are repeated, each with a number in a comment, so that all are different. In turns each network is trained for an epoch on pictures that are
 * decoded before it, and on those that are decoded beside it, with an empty cache each time. Told are the seconds until the first point of a curve and until the
 * end of the epoch, and the processor's time, which hangs less on what else the machine does; the losses of both must be the same.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { poolVariables } from "../../src-main/platform/threads.ts";
import { withComment } from "../support/many-pictures.ts";
import type { RunTold } from "./first-point/one-run.ts";
import { median } from "./median.ts";

const [photographs, wanted, ...networks] = process.argv.slice(2);
if (!photographs || !wanted || networks.length === 0) {
  console.error("Name a folder of JPEG photographs, how many, and a network.");
  process.exit(2);
}
const rounds = 3;
const folder = mkdtempSync(join(tmpdir(), "strata-first-point-"));
const program = fileURLToPath(new URL("./first-point/one-run.ts", import.meta.url));
const orders = ["first", "beside"] as const;

function writePictures(): string {
  const files = readdirSync(photographs!, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.jpe?g$/i.test(name),
  );
  const bytes = files.map((name) => readFileSync(join(photographs!, name))).filter((file) => file[0] === 0xff);
  const pictures = join(folder, "pictures");
  for (const name of ["a", "b"]) mkdirSync(join(pictures, name), { recursive: true });
  for (let number = 0; number < Number(wanted); number++)
    writeFileSync(
      join(pictures, number % 2 === 0 ? "a" : "b", `${number}.jpg`),
      withComment(bytes[number % bytes.length]!, String(number)),
    );
  return pictures;
}

async function trained(pictures: string, network: string, order: (typeof orders)[number]): Promise<RunTold> {
  const home = mkdtempSync(join(folder, "home-"));
  const env = { ...process.env, ...poolVariables(process.env), TF_CPP_MIN_LOG_LEVEL: "3" };
  const { stdout } = await promisify(execFile)(process.execPath, [program, pictures, network, "1", order, home], {
    env,
    maxBuffer: 2 ** 26,
  });
  rmSync(home, { recursive: true, force: true });
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as RunTold; // the bench's own program prints it
}

try {
  const pictures = writePictures();
  console.log(`${wanted} photographs, ${availableParallelism()} cores`);
  for (const network of networks) {
    const told: Record<(typeof orders)[number], RunTold[]> = { first: [], beside: [] };
    for (let round = 0; round < rounds; round++)
      for (const order of round % 2 === 0 ? orders : orders.toReversed()) {
        const one = await trained(pictures, network, order);
        told[order].push(one);
        const [epoch = Number.NaN] = one.epochSeconds;
        console.log(
          `${network}, decoded ${order}: first point after ${one.firstPointSeconds.toFixed(1)} s, epoch after ${epoch.toFixed(1)} s, processor ${one.cpuSeconds.toFixed(1)} s; load ${loadavg()[0]!.toFixed(1)}`,
        );
      }
    const ratio = (of: (run: RunTold) => number) =>
      median(told.first.map((first, round) => of(told.beside[round]!) / of(first))).toFixed(2);
    const isSame = told.first.every((first, round) => isDeepStrictEqual(first.losses, told.beside[round]!.losses));
    console.log(
      `${network}: beside against first, time to the first point × ${ratio((run) => run.firstPointSeconds)}, ` +
        `to the end of the epoch × ${ratio((run) => run.epochSeconds[0]!)}, the processor's time × ${ratio((run) => run.cpuSeconds)}; losses ${isSame ? "the same" : "DIFFERENT"}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

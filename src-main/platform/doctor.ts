/**
 * What `strata doctor` tells: what was found on this machine, and for everything that is missing what to do. Each finding stands alone, so that
 * one that cannot be made does not hide the others.
 */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, lstatSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { arch, cpus, freemem, platform, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { installAnew } from "../contract/error-texts.ts";
import type { CodedError } from "../contract/errors.ts";
import type { DoctorFinding, TensorFlowReport } from "../contract/machine.ts";
import { fine, inGigabytes, wanting } from "./doctor-finding.ts";
import { findProgram } from "./find-program.ts";
import { gpuFindings } from "./gpu-findings.ts";
import { isInstalled } from "./installed.ts";
import { nativeFolder } from "./native.ts";
import { lookForGpus } from "./nvidia.ts";
import { pathsOf } from "./paths.ts";
import { processorFeatures, processorModel } from "./processor.ts";
import { windowFinding } from "./window-finding.ts";

export interface DoctorQuestion {
  /** From the training process, since only that one loads TensorFlow. */
  readonly tensorflow: TensorFlowReport | { readonly problem: string };
  /** From the store; null when SQLite could not be loaded. */
  readonly sqliteVersion: string | null;
  /** Where the record of runs lies, or why it lies nowhere. */
  readonly home: string | CodedError;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Less than this and a long training may not be recorded to its end. */
const LOW_DISK_BYTES = 1e9;
/** AlexNet at full size with its optimiser and a batch of 32 wants about this. */
const LOW_MEMORY_BYTES = 4e9;
/** What mends it, in an installed app and in a clone. */
const REPAIR = isInstalled ? installAnew : "Run npm start -- doctor --repair.";
const INSTALL = process.platform === "darwin" ? "" : " (Debian and Ubuntu: apt-get install python3-pip)";

export async function doctorFindings(question: DoctorQuestion): Promise<readonly DoctorFinding[]> {
  const { environment = process.env } = question;
  return [
    setUpFinding(environment),
    ...tensorFlowFindings(question.tensorflow),
    cpuFinding(),
    memoryFinding(),
    ...gpuFindings({
      ...(await lookForGpus(environment)),
      devices: "problem" in question.tensorflow ? null : question.tensorflow.devices,
      nativeFolder: nativeFolder(environment),
      environment,
    }),
    sqliteFinding(question.sqliteVersion),
    nodeFinding(),
    await windowFinding(environment),
    nativeFinding(environment),
    ...(await homeFindings(question.home)),
    ...(isInstalled ? [] : await toolFindings(environment, "problem" in question.tensorflow)),
  ].filter((finding) => finding !== null);
}

/** The sentence that set-up ended with, when the doctor was called although it failed. */
function setUpFinding(environment: NodeJS.ProcessEnv): DoctorFinding | null {
  const problem = environment.STRATA_SET_UP_PROBLEM;
  return problem ? wanting("Set-up", "not finished", problem) : null;
}

function tensorFlowFindings(answer: DoctorQuestion["tensorflow"]): DoctorFinding[] {
  if ("problem" in answer) return [wanting("TensorFlow", answer.problem, REPAIR)];
  return [fine("TensorFlow", answer.version), fine("Devices", answer.devices.join("; "))];
}

function cpuFinding(): DoctorFinding {
  const name = `${cpus().length} × ${processorModel() ?? arch()}`;
  const features = processorFeatures();
  if (features === null) return fine("Processor", name);
  if (arch() === "x64" && !features.includes("avx2"))
    return fine("Processor", `${name}; no AVX2, so training is slow here`);
  return fine("Processor", `${name}; ${features.join(", ")}`);
}

function memoryFinding(): DoctorFinding {
  const found = `${inGigabytes(totalmem())}, ${inGigabytes(freemem())} free`;
  if (totalmem() >= LOW_MEMORY_BYTES) return fine("Memory", found);
  return wanting("Memory", found, "Use small inputs, narrow networks and small batches on this machine.");
}

function sqliteFinding(version: string | null): DoctorFinding {
  if (version) return fine("SQLite", version);
  return wanting(
    "SQLite",
    "does not load",
    isInstalled ? installAnew : "Delete the folder node_modules and run npm start.",
  );
}

function nodeFinding(): DoctorFinding {
  const found = `${process.versions.node} (${platform()} ${arch()})`;
  if (Number(process.versions.node.split(".")[0]) >= 24) return fine("Node", found);
  return wanting("Node", found, isInstalled ? installAnew : "Start Strata by npm start: it brings Node 24 along.");
}

function nativeFinding(environment: NodeJS.ProcessEnv): DoctorFinding {
  const folder = nativeFolder(environment);
  if (!folder) return wanting("Native runtime", "not set up", REPAIR);
  if (!existsSync(join(folder, "tfjs_binding.node"))) return wanting("Native runtime", `incomplete: ${folder}`, REPAIR);
  return fine("Native runtime", folder);
}

async function homeFindings(home: string | CodedError): Promise<readonly DoctorFinding[]> {
  const name = "Record of runs";
  if (typeof home !== "string") return [wanting(name, home.problem, home.remedy)];
  const existing = nearestEntry(home);
  // A file that was made while another user ran Strata, say.
  const { database, log } = pathsOf(home);
  const files = [database, log].filter((path) => existsSync(path));
  const isUsable = isWritable(existing, "folder") && (existing === home || canHoldFolder(existing));
  const unwritable = isUsable ? files.find((path) => !isWritable(path, "file")) : home;
  if (unwritable !== undefined)
    return [wanting(name, `cannot be written: ${unwritable}`, "Set STRATA_HOME to a folder that can be written.")];
  return [fine(name, existing === home ? home : `${home} (made at the first run)`), await diskFinding(home, existing)];
}

function isWritable(path: string, kind: "folder" | "file"): boolean {
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isDirectory() === (kind === "folder");
  } catch {
    return false;
  }
}

/** Tried, since a folder as `/proc` says that it can be written, and holds none. */
function canHoldFolder(path: string): boolean {
  try {
    rmdirSync(mkdtempSync(join(path, ".strata-")));
    return true;
  } catch {
    return false;
  }
}

/** The path itself or what stands nearest above it; a link that leads nowhere stands there, too. */
function nearestEntry(path: string): string {
  return isEntry(path) || dirname(path) === path ? path : nearestEntry(dirname(path));
}

function isEntry(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // No name for an entry: nothing above it helps.
    return true;
  }
}

async function diskFinding(home: string, existing: string): Promise<DoctorFinding> {
  const { bavail, bsize } = await statfs(existing);
  const free = `${inGigabytes(bavail * bsize)} free`;
  if (bavail * bsize >= LOW_DISK_BYTES) return fine("Disk", free);
  return wanting("Disk", free, `Free some space, or set STRATA_HOME to another disk: ${home}`);
}

/** What set-up needs to make the native runtime: wanting only while TensorFlow does not answer. */
async function toolFindings(environment: NodeJS.ProcessEnv, isNeeded: boolean): Promise<DoctorFinding[]> {
  const python = findProgram(environment.PYTHON ? [environment.PYTHON] : ["python3", "python"], environment);
  const compiler = findProgram(environment.CXX ? [environment.CXX] : ["g++", "c++", "clang++"], environment);
  const [pythonVersion, pipVersion, compilerVersion] = await Promise.all([
    python ? firstLineOf(python, ["--version"]) : null,
    python ? firstLineOf(python, ["-m", "pip", "--version"]) : null,
    compiler ? firstLineOf(compiler, ["--version"]) : null,
  ]);
  const finding = (name: string, version: string | null) => {
    if (version) return fine(name, version);
    if (!isNeeded) return fine(name, "not found; needed only to set TensorFlow up anew");
    return wanting(name, "not found", `Needed to set TensorFlow up: install it${INSTALL}.`);
  };
  return [
    finding("Python", pythonVersion),
    finding("pip", pipVersion?.replace(/ from .*/, "") ?? null),
    fine("C++ compiler", compilerVersion ?? "not found; set-up brings one where it needs it"),
  ];
}

async function firstLineOf(command: string, args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: 20_000 });
    return stdout.split("\n")[0]?.trim() || null;
  } catch {
    return null;
  }
}

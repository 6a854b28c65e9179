/**
 * The words of every error that a person or a machine can cause. They are the same in the window, in the browser and on the command line. One table, and so
 * longer than other files: a code is looked up here, and two that say the same stand side by side.
 */
import type { PictureProblemCode } from "./dataset.ts";
import type { StoredPlace } from "./stored-place.ts";

/** The remedy for whatever is missing in an app that came whole. */
export const installAnew = "Install Strata anew.";

/** Behind a first row that is told in full. */
function moreRows(others: number): string {
  if (others === 0) return "";
  return others === 1 ? ", and one more row differs" : `, and ${others} more rows differ`;
}
/** What a row that cannot be read costs, by its table, and what brings it back. */
const unreadableRemedies: Readonly<Record<string, string>> = {
  datasets: "Its runs are shown with numbers for classes. Open its folder again, which records it anew.",
  dataset_versions:
    "It cannot be opened, nor can versions that were made from it; runs on it stay. A copy of the record may have it whole.",
  sweeps: "The sweep is left out of the list; its runs stay.",
  notices: "It is not shown.",
  machine: "Every core is used. Choose the threads anew.",
};
const usualUnreadableRemedy =
  "The run is left out of the list and kept as it is, with its points and weights. A copy of the record may have the row whole.";
const mostNamed = 8;
/** Why a single picture is not taken, in the middle of a sentence. */
const refusals: Partial<Record<PictureProblemCode, string>> = {
  "not-a-picture": "its bytes are no picture that is read here",
  "unsupported-format": "its format is not read here",
  truncated: "it ends before its picture does",
  animated: "it moves",
  "several-pages": "it has several pages",
  "too-large": "it has more pixels than can be decoded safely",
};

/** What each code needs to be told, and how it is said: what is wrong, then what to do. Paths come last. */
export const errorTexts = {
  // --- pictures
  "data.not-found": (d: { path: string }) => [`There is no such folder.`, `Check the path: ${d.path}`],
  "data.not-a-folder": (d: { path: string }) => [
    `That is a file, and no archive or data set that is read here.`,
    `Choose the folder around it, or a zip, tar, tar.gz, IDX, CIFAR, Parquet or CSV file: ${d.path}`,
  ],
  "data.no-permission": (d: { path: string }) => [
    `The folder may not be read.`,
    `Give this user the right to read it: ${d.path}`,
  ],
  "data.no-pictures": (d: {
    path: string;
    /** What was found in place of pictures, as in "40 PDF, 2 truncated"; null where nothing was. */
    found: string | null;
  }) => [
    `No picture that can be used was found there${d.found === null ? "" : `: ${d.found}`}.`,
    `Expected folders, one per class, with JPEG, PNG, WebP, TIFF, AVIF, HEIC, GIF, BMP or PPM files; convert others to JPEG: ${d.path}`,
  ],
  "data.no-classes": (d: { pictures: number; list: string | null; path: string }) => [
    `Nothing says which class a picture is of: ${d.pictures} ${d.pictures === 1 ? "file stands" : "files stand"} in one folder` +
      (d.list === null ? "." : `, and ${d.list} does not name half of them, each with one of two classes or more.`),
    `Put the pictures of each class into a folder of its own, name them as in cat.1.jpg, or add a list labels.csv with file and label: ${d.path}`,
  ],
  "data.no-list": (d: { path: string }) => [
    `The list says of no two classes which pictures beside it are of them.`,
    `Each line needs the file of a picture, from the list's own folder, and its class: ${d.path}`,
  ],
  "data.reading-gone": (d: { layout: string; path: string }) => [
    `The folder can no longer be read as ${d.layout.replaceAll("-", " ")}.`,
    `Open it again and choose how to read it: ${d.path}`,
  ],
  "data.one-class": (d: { className: string; list: string | null; path: string }) => [
    `Only one class has pictures: ${d.className}` +
      (d.list === null ? "." : `, and ${d.list} tells no two classes apart.`),
    `Training needs at least two folders with pictures${d.list === null ? "" : ", or two classes in the list"}: ${d.path}`,
  ],
  "data.too-few": (d: { className: string; pictures: number; needed: number }) => [
    `Class ${d.className} has ${d.pictures} usable pictures; ${d.needed} are needed.`,
    `Add pictures to it, or take the folder out.`,
  ],
  "data.no-groups": (d: { group: string; columns: string }) => [
    `No picture has a group by ${d.group}.`,
    `folder:1 is the folder that a picture stands in, name:1 the first part of its name, pattern:patient*_ what stands at the star${d.columns === "" ? "; a column needs a label list" : `; the columns of the list are ${d.columns}`}.`,
  ],
  "data.too-few-groups": (d: { groups: number; needed: number }) => [
    `There are too few groups or different pictures to part: ${d.groups}, where ${d.needed} are needed.`,
    `Group by something that differs more often, or ask for no test pictures.`,
  ],
  "data.scan-stopped": (_: Record<never, never>) => [
    `The scan was stopped before it was through.`,
    `Open the pictures again to scan them.`,
  ],
  "data.unknown": (d: { datasetId: number }) => [
    `Data set ${d.datasetId} is not recorded here.`,
    `Open its folder again.`,
  ],
  "data.changed": (d: { path: string }) => [
    `The pictures changed since they were scanned.`,
    `Open the folder again: ${d.path}`,
  ],
  "data.no-validation": (d: { path: string }) => [
    `No validation picture would be left.`,
    `Move some pictures of each class to validation: ${d.path}`,
  ],
  "data.no-picture-found": (d: { paths: string }) => [
    `There is no picture in what was named.`,
    `Name pictures, or folders or archives that hold some: ${d.paths}`,
  ],
  "data.no-picture": (d: { name: string; near: string | null }) => [
    `The data set has no picture ${d.name}.`,
    d.near === null ? `Name it as the data set does, relative to its folder.` : `Did you mean ${d.near}?`,
  ],
  "data.no-class": (d: { name: string; near: string | null }) => [
    `The data set has no class ${d.name}.`,
    d.near === null ? `Name one as data inspect lists it.` : `Did you mean ${d.near}?`,
  ],
  "data.class-taken": (d: { name: string }) => [
    `There is a class ${d.name} already.`,
    `Choose another name, or merge the two classes.`,
  ],
  "data.version-unchanged": (_: Record<never, never>) => [
    `The changes change nothing.`,
    `Every picture has that class and split already.`,
  ],
  "data.version-known": (d: { number: number; note: string; path: string }) => [
    `The same changes are version ${d.number} already${d.note === "" ? "" : `, “${d.note}”`}.`,
    `Choose that version: ${d.path}`,
  ],
  "data.version-unknown": (d: { version: string; path: string }) => [
    `Version ${d.version} of these pictures is not in this record.`,
    `Choose one that is listed, or the pictures as they stand on disk: ${d.path}`,
  ],
  "data.not-copied": (d: { name: string; path: string }) => [
    `${d.name} can no longer be read as it was scanned, and nothing was written.`,
    `Open the folder again: ${d.path}`,
  ],
  "data.not-written": (d: { problem: string; path: string }) => [
    `The pictures could not be written: ${d.problem}.`,
    `Make room there, or give this user the right to write: ${d.path}`,
  ],
  "data.class-name": (d: { name: string }) => [
    `${d.name} cannot be the name of a folder on every system.`,
    `Use 100 letters at most; leave out / \\ : * ? " < > |, a dot at its beginning or end, and names that Windows keeps for devices, such as con or nul.`,
  ],
  "data.picture-refused": (d: { code: PictureProblemCode; format?: string }) => [
    `The picture was not added: ${refusals[d.code] ?? "it cannot be read"}${d.format === undefined ? "" : ` (${d.format})`}.`,
    `Save it as JPEG or PNG, and add it again.`,
  ],
  "data.picture-bytes": (d: { mostBytes: number }) => [
    `The picture was not added: it has more than ${d.mostBytes / 1e6} MB.`,
    `Save it smaller, or copy its file into the folder of its class.`,
  ],
  "data.not-undone": (d: { path: string }) => [
    `The file is no longer the one that was written, and was left as it is.`,
    d.path === "" ? `Delete it yourself if it is not wanted.` : `Delete it yourself if it is not wanted: ${d.path}`,
  ],
  "data.file-damaged": (d: { name: string; problem: string; path: string }) => [
    `${d.name} is damaged, or is something else than its name says: ${d.problem}.`,
    `Download it again: ${d.path}`,
  ],
  "data.pickle": (d: { name: string; path: string }) => [
    `${d.name} is a Python pickle. Opening one can run any program that is inside, so Strata never does.`,
    `Download the binary version (of CIFAR: cifar-10-binary.tar.gz or cifar-100-binary.tar.gz), or save its pictures as PNG files from Python: ${d.path}`,
  ],
  "archive.damaged": (d: { problem: string; path: string }) => [
    `The archive is damaged: ${d.problem}.`,
    `Download or pack it again: ${d.path}`,
  ],
  "archive.unknown-kind": (d: { format: string; path: string }) => [
    `${d.format} archives are not opened here.`,
    `Unpack it and choose the folder, or pack it as zip or tar.gz: ${d.path}`,
  ],
  "archive.bomb": (d: { storedBytes: number; unpackedBytes: number; path: string }) => [
    `The archive unpacks to ${(d.unpackedBytes / 1e9).toFixed(1)} GB from ${(d.storedBytes / 1e6).toFixed(1)} MB, far more than pictures do.`,
    `It may be made to fill a disk. If you trust it, unpack it yourself and choose the folder: ${d.path}`,
  ],
  "archive.outside": (d: {
    name: string;
    /** Where it leads, of a link. */
    target: string | null;
    path: string;
  }) => [
    `${d.name} leads out of the archive${d.target === null ? "" : `: it is a link to ${d.target}`}.`,
    `It may be made to reach other files, so nothing of the archive is used. Pack it anew from inside the folder of the pictures, without what leads out; or, if you trust it, unpack it yourself and choose the folder: ${d.path}`,
  ],
  "archive.too-many": (d: { most: number; path: string }) => [
    `The archive holds more than ${d.most.toLocaleString("en")} files.`,
    `Unpack it and choose the folder: ${d.path}`,
  ],
  "picture.too-large": (d: { name: string; decodedBytes: number; mostBytes: number }) => [
    `${d.name} takes ${(d.decodedBytes / 1e9).toFixed(1)} GB once it is decoded; ${(d.mostBytes / 1e9).toFixed(1)} GB are allowed to show one.`,
    `Save it smaller, or with eight bits a channel.`,
  ],
  "picture.not-held": (_: Record<never, never>) => [`The picture is no longer held.`, `Choose it again.`],
  "picture.damaged": (d: { name: string }) => [`${d.name} cannot be decoded.`, `Save it anew, or take it out.`],
  // --- networks
  "model.unknown": (d: { id: string; near: string | null; known: string }) => [
    `There is no network named ${d.id}.`,
    `${d.near === null ? "" : `Did you mean ${d.near}? `}Choose one of ${d.known}.`,
  ],
  "model.input-too-small": (d: { id: string; inputPixels: number; smallestPixels: number }) => [
    `${d.id} does not fit pictures of ${d.inputPixels} px.`,
    `Use ${d.smallestPixels} px or more.`,
  ],
  // --- training
  "settings.invalid": (d: { setting: string; problem: string }) => [
    `${d.setting}: ${d.problem}.`,
    `Correct it and start again.`,
  ],
  "training.out-of-memory": (d: {
    batchSize: number;
    /** Null where none would fit. */
    smallerBatch: number | null;
    /** What the training process held when the system ended it; null where an allocation failed. */
    killedAtBytes: number | null;
  }) => [
    d.killedAtBytes === null
      ? `There was not enough memory for a batch of ${d.batchSize}.`
      : `Memory ran out, and the system ended the training process, which held ${(d.killedAtBytes / 1e9).toFixed(1)} GB for a batch of ${d.batchSize}.`,
    d.smallerBatch === null
      ? `Use smaller pictures or a narrower network, or close other programs.`
      : `Try a batch of ${d.smallerBatch}.`,
  ],
  "training.not-finite": (d: { step: number }) => [
    `The loss stopped being a finite number at step ${d.step}.`,
    `Try a tenth of the learning rate, or clip the gradient.`,
  ],
  "training.process-died": (d: { reason: string }) => [
    `The training process ended on its own (${d.reason}).`,
    `Everything up to its last point is kept. Start it again; if it ends the same way, try a smaller batch.`,
  ],
  "training.busy": (d: { experiment: string }) => [
    `${d.experiment} is still training.`,
    `Wait for it, or stop it first.`,
  ],
  "timing.given-up": (_: Record<never, never>) => [
    `The timing was given up for something newer.`,
    `Time the rows again when nothing trains.`,
  ],
  "timing.too-large": (d: { batchSize: number; neededBytes: number; freeBytes: number }) => [
    `A batch of ${d.batchSize} needs about ${(d.neededBytes / 1e9).toFixed(1)} GB, and ${(d.freeBytes / 1e9).toFixed(1)} GB are free.`,
    `Choose a smaller batch.`,
  ],
  "timing.unknown": (d: { id: string; known: string }) => [
    `There is no factorisation named ${d.id} to time.`,
    `Choose one of ${d.known}.`,
  ],
  "inference.process-died": (d: { reason: string }) => [
    `The process that answers ended on its own (${d.reason}).`,
    `Ask again: another one is started. Training is a process of its own and was not touched.`,
  ],
  "inference.too-large": (d: { id: string; neededBytes: number; freeBytes: number }) => [
    `To answer, ${d.id} at this size needs about ${(d.neededBytes / 1e9).toFixed(1)} GB, and ${(Math.max(0, d.freeBytes) / 1e9).toFixed(1)} GB are free.`,
    `Wait until less is going on, or close other programs.`,
  ],
  "inference.no-row": (d: { row: string; id: string }) => [
    `${d.id} has no row named ${d.row}.`,
    `The network's table on the Networks page names its rows.`,
  ],
  "inference.no-channel": (d: { row: string; channel: number; channels: number }) => [
    `${d.row} has no channel ${d.channel + 1}: it has ${d.channels}.`,
    `Choose one of its own channels.`,
  ],
  "inference.no-grid": (d: { id: string }) => [
    `Grad-CAM needs a row that still has a grid, and ${d.id} has none.`,
    `Choose another method, such as gradient × input.`,
  ],
  "inference.no-class": (d: { place: number; classes: number }) => [
    `The network has no class ${d.place + 1}: it has ${d.classes}.`,
    `Choose one of its own classes.`,
  ],
  "inference.few-classes": (d: { classes: number }) => [
    `Three classes are looked at, and the network has ${d.classes}.`,
    `Choose a run with three classes or more.`,
  ],
  "inference.no-plane": (_: Record<never, never>) => [
    `The three classes' templates lie on one line, so there is no plane through them.`,
    `Choose three other classes.`,
  ],
  "inference.no-split": (d: { split: string }) => [
    `There are no ${d.split} pictures to answer to.`,
    `A run has those of the data set that it was trained on. For a file of weights, name folders or files.`,
  ],
  "estimate.superseded": (_: Record<never, never>) => [
    `The estimate was given up for something newer.`,
    `Ask again when nothing trains.`,
  ],
  // --- runs
  "run.unknown": (d: { runId: number }) => [`There is no run ${d.runId}.`, `See the list of runs.`],
  "run.active": (d: { runId: number }) => [`Run ${d.runId} is still going.`, `Stop it first.`],
  "run.not-comparable": (d: { problem: string }) => [
    `These runs cannot be compared: ${d.problem}.`,
    `Choose two runs on the same pictures.`,
  ],
  "run.no-answers": (d: { runId: number }) => [
    `Run ${d.runId} has not answered pictures that it was not trained on.`,
    `Let it train to its end, on a data set that holds pictures out.`,
  ],
  "run.complete": (d: { runId: number }) => [
    `Run ${d.runId} is complete, so there is nothing to go on with.`,
    `Repeat it with more epochs, or begin a new run from its weights.`,
  ],
  // --- finding runs
  "find.unknown-name": (d: { name: string; near: string | null }) => [
    `No setting or figure is called ${d.name}.`,
    d.near === null
      ? `Name one as the page, a flag or the JSON does, as in smoothing>0 or top1>=80%; put words to look for in quotes.`
      : `Did you mean ${d.near}? Put words to look for in quotes.`,
  ],
  "find.not-understood": (d: { condition: string; problem: string; remedy: string }) => [
    `${d.condition}: ${d.problem}.`,
    d.remedy,
  ],
  // --- experiments
  "experiment.too-many": (d: { runs: number; most: number }) => [
    `The experiment would be ${d.runs} runs.`,
    `Leave out values or seeds until it is ${d.most} or fewer.`,
  ],
  "experiment.repeats": (d: { runs: number; distinct: number }) => [
    `Of the experiment's ${d.runs} runs only ${d.distinct} differ in their settings.`,
    `Give each value and each seed once, and vary no setting that the others leave out.`,
  ],
  "experiment.bad-range": (d: { setting: string; problem: string }) => [
    `The range of ${d.setting}: ${d.problem}.`,
    `Correct it and start again.`,
  ],
  "experiment.few-points": (d: { draws: number; distinct: number }) => [
    `${d.draws} different points are to be drawn, and only ${d.distinct} were found in the ranges.`,
    `Draw fewer, or widen a range.`,
  ],
  "experiment.bad-halving": (d: { problem: string }) => [
    `Successive halving: ${d.problem}.`,
    `Correct it and start again.`,
  ],
  "experiment.not-blocked": (d: { setting: string }) => [
    `Runs that differ in ${d.setting} cannot advance in step: they see other batches, or begin otherwise.`,
    `Vary it from run to run instead: --vary in place of --pair.`,
  ],
  "experiment.untimed": (d: { model: string }) => [
    `How long an epoch of ${d.model} takes here cannot be told: there is not enough free memory to train it.`,
    `Leave the network out, or train without a number of minutes.`,
  ],
  "experiment.not-varied": (d: { setting: string }) => [
    `The experiment does not vary ${d.setting}.`,
    `Add values of a setting that it varies, or begin a new experiment.`,
  ],
  "experiment.fixed-arms": (d: { setting: string }) => [
    `The arms that differ in ${d.setting} advance in step, and none can join them later.`,
    `Add seeds, or begin a new experiment with all of its arms.`,
  ],
  "experiment.nothing-new": (_: object) => [
    `The experiment has all of these already.`,
    `Name a seed or a value that it does not have.`,
  ],
  "experiment.unknown": (d: { experimentId: number }) => [
    `There is no experiment ${d.experimentId}.`,
    `See the list of runs.`,
  ],
  "experiment.elsewhere": (d: { experimentId: number }) => [
    `Experiment ${d.experimentId} is being trained by another Strata, the app for one.`,
    `Follow it there, or end it there first.`,
  ],
  // --- checkpoints
  "checkpoint.damaged": (d: { problem: string; path: string }) => [
    `A saved state is damaged: ${d.problem}.`,
    `The state before it is used, or the run begins anew: ${d.path}`,
  ],
  "checkpoint.foreign": (d: { path: string }) => [
    `A saved state belongs to another run, or to other pictures.`,
    `The state before it is used, or the run begins anew: ${d.path}`,
  ],
  "checkpoint.not-written": (d: { problem: string; path: string }) => [
    `The state of the run could not be saved: ${d.problem}.`,
    `Training goes on, and could go on later from the state before. Make room there, or give this user the right to write: ${d.path}`,
  ],
  // --- weights
  "file.not-regular": (d: { what: string; path: string }) => [
    `That is a ${d.what}, not a file.`,
    `Name the file itself: ${d.path}`,
  ],
  "file.no-answer": (d: { seconds: number; path: string }) => [
    `Nothing came from the disk for ${d.seconds} seconds.`,
    `See whether the disk or network folder is there and answers, and try again; where it is only slow, set STRATA_READ_SECONDS higher: ${d.path}`,
  ],
  "file.reader-died": (d: { reason: string; path: string }) => [
    `The process that reads files ended on its own (${d.reason}).`,
    `Try again; if it ends the same way, close other programs or take this out: ${d.path}`,
  ],
  "weights.not-found": (d: { path: string }) => [`There is no such file of weights.`, `Check the path: ${d.path}`],
  "weights.damaged": (d: { problem: string; path: string }) => [
    `The file is damaged, or of no format that is read: ${d.problem}.`,
    `Get it anew from where it came: ${d.path}`,
  ],
  "weights.pickle": (d: { path: string }) => [
    `The file is a pickle, as torch.save writes it. Reading one runs whatever program is in it, so it is not read.`,
    `If you trust where it came from, rewrite it with Python: import torch; from safetensors.torch import save_file; save_file(torch.load("in.pth", weights_only=True), "out.safetensors"). The file: ${d.path}`,
  ],
  "weights.no-model": (d: { path: string }) => [
    `The folder has neither a model.json of TensorFlow.js nor a saved_model.pb.`,
    `Name the folder that has one, or a file of weights: ${d.path}`,
  ],
  "weights.keras": (d: { path: string }) => [
    `That is a file of Keras' own, which is not read.`,
    `Export a SavedModel with Keras, model.export("folder"), and name its folder: ${d.path}`,
  ],
  "weights.onnx": (d: { path: string }) => [
    `That is an ONNX model of another program's, or an old one of Strata's. Of ONNX only what Strata exports is read.`,
    `Take the weights from a safetensors file, a SavedModel or a TensorFlow.js model instead: ${d.path}`,
  ],
  "weights.onnx-changed": (d: { id: string; path: string }) => [
    `The ONNX model says that it is ${d.id}, and computes something else than that network here: another program has changed it, or another version of Strata wrote it.`,
    `Export it anew with strata export --format onnx: ${d.path}`,
  ],
  "weights.program": (d: { path: string }) => [
    `The model has a Lambda layer, which is a program of its own. Nothing in a file is run, so it is not read.`,
    `Export the model without that layer: ${d.path}`,
  ],
  "weights.foreign": (d: { path: string }) => [
    `The file does not say what network its weights are of.`,
    `Bring it in with strata models import first: ${d.path}`,
  ],
  "weights.unmatched": (d: { id: string; path: string }) => [
    `No weight in the file has the name and shape of one of ${d.id}'s.`,
    `Name the network that it belongs to, or see with strata models import what is in it: ${d.path}`,
  ],
  "weights.too-little": (d: { id: string; matched: number; missing: number; surplus: number; path: string }) => [
    `Too little of the file fits ${d.id}: ${d.matched} of its weights matched, ${d.missing} are missing, and ${d.surplus} of the file's are left over.`,
    `Name the network that they belong to, or take what fits all the same with --allow-mismatch: ${d.path}`,
  ],
  "weights.differs": (d: {
    id: string;
    row: string;
    here: string;
    there: string;
    /** Rows that differ besides. */
    others: number;
    path: string;
  }) => [
    `The file's network computes something else than ${d.id}: ${d.row}, ${d.there} there and ${d.here} here${moreRows(d.others)}.`,
    `Name the network that it is of, or take its weights all the same with --allow-mismatch: ${d.path}`,
  ],
  "weights.not-finite": (d: { values: number; weights: string; path: string }) => [
    `The file has ${d.values} values that are NaN or infinite, in ${d.weights}.`,
    `A run that diverged leaves such weights. Take those of an epoch before, or of another run: ${d.path}`,
  ],
  "weights.incomplete": (d: { name: string; path: string }) => [
    `The file lacks a weight of its network, ${d.name}, which its answers need.`,
    `Train from it first, or export it as safetensors: ${d.path}`,
  ],
  "weights.changed": (d: { path: string }) => [
    `The file of initial weights changed since the run was set up.`,
    `Bring back the file as it was, or start a new run from it as it is: ${d.path}`,
  ],
  "weights.epoch-not-kept": (d: { runId: number; epoch: number; kept: readonly number[] }) => [
    `The weights of run ${d.runId} after epoch ${d.epoch} are not kept.`,
    d.kept.length === 0 ? `None of its epochs are.` : `Choose one of its epochs ${d.kept.join(", ")}.`,
  ],
  "weights.no-row": (d: { row: string; near: string | null; known: string }) => [
    `The network has no row named ${d.row} that could be frozen.`,
    `${d.near === null ? "" : `Did you mean ${d.near}? `}Choose one of ${d.known}.`,
  ],
  "weights.frozen-missing": (d: { row: string; path: string }) => [
    `Row ${d.row} would be frozen as the seed draws it, since the file has no weights for it.`,
    `Freeze fewer rows, or begin from a file that has them: ${d.path}`,
  ],
  "weights.not-written": (d: { problem: string; path: string }) => [
    `The weights could not be written: ${d.problem}.`,
    `Make room there, or give this user the right to write: ${d.path}`,
  ],
  "weights.none": (d: { runId: number }) => [
    `Run ${d.runId} has no weights on record.`,
    `Runs keep them when they end after their first step; train it again.`,
  ],
  "weights.no-convolution": (d: { title: string; row: string }) => [
    `${d.title} has no convolution to look at: it begins with “${d.row}”, a dense layer over all pixels at once.`,
    `Choose a run of another network.`,
  ],
  "weights.not-kept": (d: {
    runId: number;
    which: "best" | "last";
    /** Null where there is none. */
    epoch: number | null;
    /** The other's epoch, where that is kept. */
    other: number | null;
  }) => {
    const which = d.which === "best" ? "best" : "last";
    const instead = d.which === "best" ? "last" : "best";
    const remedy =
      d.other === null
        ? `Train it again with early stopping, which keeps the best epoch.`
        : `Take those of its ${instead} epoch, ${d.other}, with --weights ${instead}.`;
    if (d.epoch === null)
      return [`Run ${d.runId} has no ${which} epoch: no validation pictures were evaluated.`, remedy];
    return [`The weights of run ${d.runId}'s ${which} epoch, ${d.epoch}, are not kept.`, remedy];
  },
  "weights.no-mapping": (d: { id: string; known: string }) => [
    `torchvision has no network of ${d.id}'s layout.`,
    `Its names exist for ${d.known}; other networks are exported as safetensors, saved-model or tfjs.`,
  ],
  "export.differs": (d: {
    row: string;
    here: string;
    there: string;
    /** Rows that differ besides. */
    others: number;
    /** The network here that torchvision's is. */
    id: string;
    inputPixels: number;
  }) => [
    `With these weights torchvision's network would give other answers: its ${d.row} is ${d.there}, this one's ${d.here}${moreRows(d.others)}.`,
    `Export it with --format safetensors, saved-model or tfjs, or train ${d.id} at ${d.inputPixels} px and width 1, which torchvision computes alike.`,
  ],
  "export.not-finite": (d: { values: number; weights: string }) => [
    `${d.values} of the values written are NaN or infinite, in ${d.weights}.`,
    `No answer can be computed with them. Export an epoch before with --weights best, or train again at a tenth of the learning rate.`,
  ],
  "export.too-large": (d: { bytes: number; mostBytes: number }) => [
    `A SavedModel in one file has ${d.mostBytes} bytes at most; this one would have ${d.bytes}.`,
    `Export it as safetensors or tfjs.`,
  ],
  "bundle.not-found": (d: { path: string }) => [
    `There is no such bundle, or it cannot be read.`,
    `Check the path: ${d.path}`,
  ],
  "bundle.damaged": (d: { problem: string }) => [
    `The run bundle cannot be trusted: ${d.problem}.`,
    `Nothing was imported. Copy the file again, or have it exported again.`,
  ],
  "bundle.foreign": (_: object) => [
    `That file is no run bundle of Strata.`,
    `Choose a file that strata bundle export wrote. Archives of pictures are opened on the Train page.`,
  ],
  "bundle.newer": (_: object) => [
    `The run bundle is of a later version of Strata.`,
    `Bring Strata up to that version, or have it exported by this one.`,
  ],
  "bundle.too-large": (_: object) => [
    `A run bundle holds 4 GiB at most, 64 MiB of curves and answers of each run, and 512 MiB of these and of logits in all.`,
    `Put fewer runs into one bundle, or take curves out with strata curves.`,
  ],
  "bundle.unfinished": (d: { runId: number }) => [
    `Run ${d.runId} has not ended by itself or by a person, so that its figures may still change.`,
    `Resume it to its end, or stop it; then export it.`,
  ],
  "bundle.not-shareable": (d: { problem: string }) => [
    `What is recorded of these runs does not fit into a bundle: ${d.problem}.`,
    `Leave out runs of an older or damaged record.`,
  ],
  "replay.no-pictures": (d: { runId: number; dataset: string }) => [
    `Where the pictures of run ${d.runId} lie on this machine is not known.`,
    `Name the folder of ${d.dataset} with --data.`,
  ],
  "export.exists": (d: { path: string }) => [
    `There is something at the place to write to already.`,
    `Name another folder, or take it away first: ${d.path}`,
  ],
  // --- machine
  "native.missing": (d: { isInstalled: boolean }) => [
    `The native TensorFlow runtime is not set up.`,
    d.isInstalled ? installAnew : `Run npm start once while npm and pip can be reached.`,
  ],
  "native.broken": (d: { problem: string; isInstalled: boolean }) => [
    `The native TensorFlow runtime does not load: ${d.problem}.`,
    d.isInstalled ? installAnew : `Run npm start -- doctor --repair to set it up anew.`,
  ],
  "disk.full": (d: { path: string }) => [`The disk is full.`, `Free some space and start again: ${d.path}`],
  "disk.read-only": (d: { path: string }) => [
    `The folder cannot be written.`,
    `Set STRATA_HOME to one that can: ${d.path}`,
  ],
  "disk.failing": (d: { path: string }) => [
    `The disk reported an error, or a file there may not become larger.`,
    `Look at the disk and at limits on the size of files, or set STRATA_HOME to another disk: ${d.path}`,
  ],
  "disk.path-too-long": (d: { path: string }) => [
    `A path there is longer than this system takes.`,
    `Choose a folder nearer to the root of the disk, or shorter names: ${d.path}`,
  ],
  "disk.in-use": (d: { path: string }) => [
    `Another program has it open, and it can be neither changed nor removed.`,
    `Close what may have it open (a file window, an editor, a virus scanner) and try again: ${d.path}`,
  ],
  "disk.reserved-name": (d: { name: string; path: string }) => [
    `Windows keeps the name ${d.name} for itself, or loses its end.`,
    `Choose a folder whose names do not end in a dot or a space, and are not con, nul or the like: ${d.path}`,
  ],
  "disk.no-home": (_: Record<never, never>) => [
    `This user has no home folder to keep the record of runs in.`,
    `Set STRATA_HOME to a folder that can be written.`,
  ],
  "store.damaged": (d: { path: string }) => [
    `The record of runs is damaged.`,
    `Close every Strata and start it again: it sets the file aside and brings over what can be read: ${d.path}`,
  ],
  "store.busy": (d: { path: string }) => [
    `Another program is writing the record of runs, and did not end in time.`,
    `Nothing was changed. Try again in a moment; if it stays so, close what has the file open: ${d.path}`,
  ],
  "store.unreadable": ({ rows }: { rows: readonly StoredPlace[] }) => {
    const named = rows
      .slice(0, mostNamed)
      .map(({ table, id, column }) => `row ${id} of the table ${table}, column ${column}`);
    const rest = rows.length > mostNamed ? [`and ${rows.length - mostNamed} more`] : [];
    const remedies = new Set(rows.map(({ table }) => unreadableRemedies[table] ?? usualUnreadableRemedy));
    return [`The record of runs has a damaged place: ${[...named, ...rest].join("; ")}.`, [...remedies].join(" ")];
  },
  "store.newer": (d: {
    path: string;
    /** Of the record before, which this version can open; null for none. */
    copy: string | null;
  }) => [
    `The record of runs was written by a newer version of Strata.`,
    d.copy === null
      ? `Use that version, or set STRATA_HOME to another folder: ${d.path}`
      : `Use that version. To go back to this one, close every Strata, move what begins with strata.sqlite to another folder, and copy this to its place, as ${d.path}: ${d.copy}`,
  ],
  "store.older-open": (d: { path: string }) => [
    `Another version of Strata is open, and its record of runs would be changed while it uses it.`,
    `Close that one first, every window and command of it, and start this one again. Nothing was changed: ${d.path}`,
  ],
  "server.port-taken": (d: { port: number }) => [
    `Port ${d.port} is in use.`,
    `Choose another with --port, or leave it out.`,
  ],
  "server.too-many-calls": (d: { most: number }) => [
    `More than ${d.most} calls came at once.`,
    `Wait for answers before you send more.`,
  ],
  // --- a teacher's own lesson
  "lesson.not-a-lesson": (_: Record<never, never>) => [
    `The file is no lesson of Strata.`,
    `Choose a file that was saved under Lessons, Your own lesson; its name ends in .strata-lesson.json.`,
  ],
  "lesson.too-large": (d: { mostBytes: number }) => [
    `The file is larger than a lesson can be.`,
    `Choose one of at most ${Math.round(d.mostBytes / 1024)} KiB.`,
  ],
  "lesson.newer": (d: { version: number }) => [
    `The lesson was saved by a newer version of Strata, as version ${d.version}.`,
    `Open it in that version, or ask for it to be saved by this one.`,
  ],
  "lesson.damaged": (d: { where: string; problem: string }) => [
    `The lesson cannot be read${d.where === "" ? "" : ` at ${d.where}`}: ${d.problem}.`,
    `Save it anew where it was made. Nothing of it was taken.`,
  ],
  "lesson.unknown-lesson": (d: { lesson: string; step: number }) => [
    `Step ${d.step} shows the lesson ${d.lesson}, which this version does not have.`,
    `Open it in the version that it was made in, or remove the step there.`,
  ],
  "lesson.unknown-page": (d: { address: string; step: number }) => [
    `Step ${d.step} shows the page ${d.address}, which this version does not have.`,
    `Open it in the version that it was made in, or remove the step there.`,
  ],
  "lesson.own-record": (d: { address: string; step: number }) => [
    `Step ${d.step} shows the page ${d.address}, which is of one machine’s own record.`,
    `Let the step show the page without a number: another machine has other runs under it.`,
  ],
  "lesson.settings": (d: { lesson: string; step: number; problem: string | null }) => [
    `Step ${d.step} sets the lesson ${d.lesson} to what it cannot be set to${d.problem === null ? "" : `: ${d.problem}`}.`,
    `Open it in the version that it was made in, or take the step’s settings anew there.`,
  ],
  "lesson.experiment": (d: { step: number; problem: string }) => [
    `Step ${d.step} holds an experiment that cannot be started: ${d.problem}.`,
    `Open it in the version that it was made in, or prepare the experiment anew there.`,
  ],
  "request.invalid": (d: { problem: string }) => [`The request was not understood: ${d.problem}.`, `Reload the page.`],
} as const satisfies Record<string, (details: never) => readonly [problem: string, remedy: string]>;

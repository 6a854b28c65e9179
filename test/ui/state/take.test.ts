// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import { mostPartLetters, mostPictureBytes, type PicturePart } from "../../../src-main/contract/taken-picture.ts";
import { TakeState } from "../../../src-renderer/features/train/pictures/take/take.svelte.ts";
import { CameraState } from "../../../src-renderer/ui/camera/camera.svelte.ts";
import { later, refusal, scriptedEngine } from "./scripted-engine.ts";

const at = new Date(2026, 10, 26, 10, 30, 5);

async function begun(splits: readonly string[] = []) {
  const engine = scriptedEngine({
    "data.classFolders": ({ folder }: { folder: string }) => {
      if (folder === "/gone") throw refusal("There is no such folder.");
      return folder === "/pets"
        ? { path: "/pets", classes: splits.length > 0 ? splits : ["cat"], splits }
        : { path: folder, classes: ["dog"], splits: [] };
    },
    "data.addPicture": ({ part, isLast, number, className, folder }: PicturePart) => {
      if (part === btoa("bad")) throw refusal("The picture was not added.");
      if (!isLast) return null;
      return { id: `id-${number}`, name: `${number}.png`, className, path: `${folder}/${className}/${number}.png` };
    },
    "data.undoPicture": () => null,
  });
  const take = new TakeState(engine.api);
  await take.begin("/pets", at);
  const sent = () =>
    engine.calls.flatMap(([path, input]) => (path === "data.addPicture" ? [input as PicturePart] : []));
  return { ...engine, take, sent };
}
const blob = (text: string) => new Blob([text]);

describe("taking pictures", () => {
  test("sends each to the folder of its class, in order; those behind one that fails are still sent", async () => {
    const { take, sent } = await begun();
    take.className = " cat ";
    await take.add(["a", "bad", "b"].map(blob), "paste");
    expect(
      sent().map(({ part, number, className, folder, series }) => [atob(part), number, className, folder, series]),
    ).toEqual([
      ["a", 1, "cat", "/pets", "2026-11-26-103005"],
      ["bad", 2, "cat", "/pets", "2026-11-26-103005"],
      ["b", 3, "cat", "/pets", "2026-11-26-103005"],
    ]);
    expect([take.taken.map(({ picture }) => picture.name), take.waiting, take.error?.problem]).toEqual([
      ["1.png", "3.png"],
      0,
      "The picture was not added.",
    ]);
  });

  test("sends a large one in parts that each can be decoded, and what is larger than any not at all", async () => {
    const { take, sent } = await begun();
    take.className = "cat";
    const bytes = Uint8Array.from({ length: 1_500_001 }, (_, index) => index % 251);
    await take.add([new Blob([bytes])], "file");
    const parts = sent();
    expect(parts.map(({ isLast }) => isLast)).toEqual([false, false, true]);
    expect(Math.max(...parts.map(({ part }) => part.length))).toBe(mostPartLetters);
    expect(new Set(parts.map(({ upload }) => upload)).size).toBe(1);
    expect(Buffer.concat(parts.map(({ part }) => Buffer.from(part, "base64"))).equals(bytes)).toBe(true);
    await take.add([new Blob([new Uint8Array(mostPictureBytes + 1)])], "file");
    expect([sent().length, take.error?.code]).toEqual([3, "data.picture-bytes"]);
  });

  test("asks for a folder and a class first, and takes the classes inside a split where the folder holds splits", async () => {
    const { take, sent } = await begun(["train", "test"]);
    expect([take.split, take.classes, take.place]).toEqual(["train", ["dog"], null]);
    await take.add([blob("a")], "camera");
    expect([sent(), take.error?.remedy]).toEqual([[], "Choose a folder and name a class first."]);
    take.className = "owl";
    await take.add([blob("a")], "camera");
    expect([sent()[0]?.folder, take.classes, take.error]).toEqual(["/pets/train", ["dog", "owl"], null]);
    expect([await take.useFolder("/gone"), take.error?.problem, take.found?.path]).toEqual([
      false,
      "There is no such folder.",
      "/pets",
    ]);
  });

  test("undoes the last, one by one, and nothing where there is none", async () => {
    const { take, calls } = await begun();
    take.className = "cat";
    await take.add([blob("a"), blob("b")], "camera");
    const first = take.undo();
    // Not before its file is gone.
    expect(take.taken).toHaveLength(2);
    await first;
    for (let time = 0; time < 2; time++) await take.undo();
    const undone = calls.flatMap(([path, input]) => (path === "data.undoPicture" ? [input] : []));
    expect([undone, take.taken]).toEqual([[{ id: "id-2" }, { id: "id-1" }], []]);
  });
});

/** A camera as the browser hands it out, which notes when it is let go. */
function fakeStream(id: string, ended: string[]) {
  const listeners: (() => void)[] = [];
  const track = {
    stop: () => ended.push(id),
    getSettings: () => ({ deviceId: id }),
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  };
  // Of a stream no more than this is used.
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream;
  const unplug = () => {
    for (const listener of listeners) listener();
  };
  return { stream, unplug };
}

function fakeCameras(answers: readonly Promise<MediaStream>[]) {
  const allowed: boolean[] = [];
  const asked: MediaStreamConstraints[] = [];
  const kinds = ["videoinput", "audioinput", "videoinput"];
  const devices = {
    getUserMedia: async (constraints: MediaStreamConstraints = {}) => {
      asked.push(constraints);
      return answers[asked.length - 1]!;
    },
    // Of a device no more than this is used.
    enumerateDevices: async () =>
      kinds.map((kind, index) => ({ kind, deviceId: `${index}`, label: "" })) as unknown as MediaDeviceInfo[],
  };
  return { camera: new CameraState(devices, async (isWanted) => allowed.push(isWanted)), allowed, asked };
}

describe("the camera", () => {
  test("is asked for without sound, offered by device, and let go when another is chosen, when it is stopped, and when it is gone", async () => {
    const ended: string[] = [];
    const [first, second] = [fakeStream("0", ended), fakeStream("2", ended)];
    const { camera, allowed, asked } = fakeCameras(
      [first.stream, second.stream, first.stream].map(async (each) => each),
    );
    await camera.start();
    expect([camera.deviceId, camera.devices.map(({ id }) => id), allowed]).toEqual(["0", ["0", "2"], [true]]);
    await camera.start("2");
    expect([camera.deviceId, ended]).toEqual(["2", ["0"]]);
    expect(asked.map(({ audio, video }) => [audio, typeof video === "object" && video.deviceId])).toEqual([
      [false, undefined],
      [false, { exact: "2" }],
    ]);
    camera.stop();
    expect([camera.stream, ended, allowed.at(-1)]).toEqual([null, ["0", "2"], false]);
    await camera.start();
    first.unplug();
    expect([camera.stream, camera.problem]).toEqual([null, "gone"]);
  });

  test("that comes after the person left is let go at once", async () => {
    const ended: string[] = [];
    const late = later<MediaStream>();
    const { camera } = fakeCameras([late.promise]);
    const starting = camera.start();
    camera.stop();
    late.resolve(fakeStream("0", ended).stream);
    await starting;
    expect([camera.stream, camera.isStarting, ended]).toEqual([null, false, ["0"]]);
  });

  test.each([
    ["NotAllowedError", "refused"],
    ["NotFoundError", "none"],
    ["NotReadableError", "busy"],
    ["SomethingElse", "busy"],
  ])("that fails by %s is %s", async (name, problem) => {
    const { camera } = fakeCameras([Promise.reject(new DOMException("", name))]);
    await camera.start();
    expect([camera.problem, camera.stream, camera.isStarting]).toEqual([problem, null, false]);
  });

  test("is not there for a page over plain HTTP", async () => {
    const camera = new CameraState(undefined, async () => null);
    await camera.start();
    expect(camera.problem).toBe("insecure");
  });
});

/** The camera: asked for when a person starts it, and let go when they stop it or leave. */

export type CameraProblem = "insecure" | "none" | "refused" | "busy" | "gone";

export interface CameraDevice {
  readonly id: string;
  /** Empty where the browser does not tell. */
  readonly label: string;
}

/** Of the browser's `navigator.mediaDevices` what is needed here. */
type Devices = Pick<MediaDevices, "getUserMedia" | "enumerateDevices">;

/** Large enough for any network's input; a camera gives the nearest that it has. */
const wished = { width: { ideal: 1_280 }, height: { ideal: 960 } };
const jpegQuality = 0.92;

/** By the name of what the browser throws. */
const problemOf: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class CameraState {
  readonly #devices: Devices | undefined;
  readonly #allow: (isWanted: boolean) => Promise<unknown>;
  stream = $state.raw<MediaStream | null>(null);
  /** Known once one was started. */
  devices = $state.raw<readonly CameraDevice[]>([]);
  deviceId = $state("");
  isStarting = $state(false);
  problem = $state.raw<CameraProblem | null>(null);
  #newest = 0;

  /**
   * @param devices undefined where the browser gives none
   * @param allow tells the desktop window, which gives a camera only while one is wanted
   */
  constructor(devices: Devices | undefined, allow: (isWanted: boolean) => Promise<unknown>) {
    this.#devices = devices;
    this.#allow = allow;
  }

  /** @param deviceId any where it is left out */
  async start(deviceId?: string): Promise<void> {
    this.#release();
    const number = ++this.#newest;
    this.problem = null;
    if (this.#devices === undefined) {
      this.problem = "insecure";
      return;
    }
    this.isStarting = true;
    try {
      await this.#allow(true);
      const video = deviceId === undefined ? wished : { ...wished, deviceId: { exact: deviceId } };
      const stream = await this.#devices.getUserMedia({ video, audio: false });
      // Another one was asked for, or the person left.
      if (number !== this.#newest) return end(stream);
      this.#take(stream);
      const found = await this.#devices.enumerateDevices();
      this.devices = found
        .filter(({ kind }) => kind === "videoinput")
        .map(({ deviceId: id, label }) => ({ id, label }));
    } catch (thrown) {
      if (number === this.#newest) this.problem = problemOf[thrown instanceof Error ? thrown.name : ""] ?? "busy";
    } finally {
      if (number === this.#newest) this.isStarting = false;
    }
  }

  stop(): void {
    this.#newest++;
    this.isStarting = false;
    this.problem = null;
    this.#release();
    void this.#allow(false);
  }

  #take(stream: MediaStream): void {
    this.stream = stream;
    const [track] = stream.getVideoTracks();
    this.deviceId = track?.getSettings().deviceId ?? "";
    track?.addEventListener("ended", () => {
      if (this.stream !== stream) return;
      this.#release();
      this.problem = "gone";
    });
  }
  #release(): void {
    if (this.stream) end(this.stream);
    this.stream = null;
  }
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What the camera shows now, as a JPEG; null where it shows nothing yet. */
export async function frameOf(video: HTMLVideoElement): Promise<Blob | null> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", jpegQuality));
}

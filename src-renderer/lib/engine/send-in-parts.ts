/** A picture, or a bundle of runs, on its way to the engine, part by part: no message is larger than a megabyte. */
import { StrataError } from "../../../src-main/contract/errors.ts";
import { mostPartLetters, mostPictureBytes, type UploadPart } from "../../../src-main/contract/taken-picture.ts";

/** Three bytes are four letters. */
const partBytes = (mostPartLetters / 4) * 3;
/** Of this page, so of its connection. */
let uploads = 0;

/**
 * @param send what answers null until the last part
 * @throws StrataError `data.picture-bytes`, and what `send` throws
 */
export async function sendInParts<T>(
  blob: Blob,
  send: (part: UploadPart) => Promise<T | null>,
  mostBytes = mostPictureBytes,
): Promise<T | null> {
  if (blob.size > mostBytes) throw new StrataError("data.picture-bytes", { mostBytes });
  const upload = uploads++;
  let answer: T | null = null;
  for (let at = 0; at === 0 || at < blob.size; at += partBytes) {
    const part = base64(new Uint8Array(await blob.slice(at, at + partBytes).arrayBuffer()));
    answer = await send({ upload, part, isLast: at + partBytes >= blob.size });
  }
  return answer;
}

function base64(bytes: Uint8Array): string {
  // A call takes some ten thousand arguments at most.
  const step = 8_192;
  let letters = "";
  for (let at = 0; at < bytes.length; at += step) letters += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(letters);
}

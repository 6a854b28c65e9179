/** A picture on its way to the engine, part by part: no message is larger than a megabyte. */
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
export async function sendInParts<T>(blob: Blob, send: (part: UploadPart) => Promise<T | null>): Promise<T | null> {
  if (blob.size > mostPictureBytes) throw new StrataError("data.picture-bytes", { mostBytes: mostPictureBytes });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const upload = uploads++;
  let answer: T | null = null;
  for (let at = 0; at === 0 || at < bytes.length; at += partBytes) {
    const part = base64(bytes.subarray(at, at + partBytes));
    answer = await send({ upload, part, isLast: at + partBytes >= bytes.length });
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

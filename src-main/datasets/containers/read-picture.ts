/** The bytes of one picture of a source, wherever they stand. */
import { readRecord, recordOf } from "../records/records.ts";
import { openContainer } from "./open-container.ts";
import { answered, type ReadBytes, readPlace } from "./read-place.ts";

/** @param path of the source: a folder or an archive @param name of the picture in it */
export function readPicture(path: string, name: string): Promise<ReadBytes> {
  return answered(async () => {
    const container = await openContainer(path);
    const record = recordOf(name);
    if (record) return readRecord(container, record);
    const place = await container.find(name);
    return "code" in place ? place : readPlace(place);
  });
}

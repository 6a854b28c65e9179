/** Records a part of a data set and waits to be killed: `node record-and-wait.ts <record> <pictures> <pictures a piece> <pieces>`. */
import { openStore } from "../../src-main/store/open-store.ts";
import { largeDataset } from "./large-dataset.ts";

const [path, ...numbers] = process.argv.slice(2);
const [pictures, mostPictures, pieces] = numbers.map(Number);
const store = openStore(path!);
for (let piece = 0; piece < pieces!; piece++)
  store.datasets.recordPiece(largeDataset(pictures!), "2026-01-01T00:00:00.000Z", mostPictures!);
process.send?.("recorded in part");
process.on("message", () => store.close());

/** The address of one picture of a data set, as the engine serves it. */
export function pictureUrl(datasetId: number, example: number): string {
  return `/pictures/${datasetId}/${example}`;
}

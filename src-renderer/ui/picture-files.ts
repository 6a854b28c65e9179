/** The pictures that a paste, a drop or a choice brings along; the engine judges their bytes. */
export function pictureFilesIn(transfer: DataTransfer | null): readonly File[] {
  return Array.from(transfer?.files ?? []).filter(({ type }) => type.startsWith("image/"));
}

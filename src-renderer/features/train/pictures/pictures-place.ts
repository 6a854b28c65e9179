/** The ways to pictures. `file` is a dialog of the system's own; the page's list of folders has files among them. */
export type PicturesPlace = "recent" | "folder" | "file" | "drawn";

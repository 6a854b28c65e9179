/** The three ways to pictures. */
export type PicturesPlace = "recent" | "folder" | "drawn";

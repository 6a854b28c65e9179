import { createContext } from "svelte";
import type { DesktopBridge } from "../../../src-main/contract/desktop.ts";
import { type DrawingHeading, drawnPicture, pngBytes } from "../drawing-out.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { download } from "./download.ts";
import { tellSaved } from "./tell-saved.ts";

export type DrawingFormat = "svg" | "png";
/** Asks where to and writes it there; in a browser it is a download like any other. `name` is without an ending. */
export type SaveDrawing = (
  drawing: SVGSVGElement,
  name: string,
  format: DrawingFormat,
  heading?: DrawingHeading,
) => Promise<void>;

/** @param desktop null in a browser */
export function saveDrawingBy(desktop: DesktopBridge | null, toasts: ToastsState): SaveDrawing {
  return async (drawing, name, format, heading) => {
    const picture = drawnPicture(
      drawing,
      getComputedStyle(document.documentElement).getPropertyValue("--sheet"),
      heading,
    );
    const file = format === "svg" ? new Blob([picture.svg], { type: "image/svg+xml" }) : await pngBytes(picture);
    if (desktop === null) {
      download(file, `${name}.${format}`);
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const outcome = await desktop.call({ kind: "save-drawing", name, format, bytes });
    tellSaved(outcome, toasts);
  };
}

export const [saveDrawing, provideSaveDrawing] = createContext<SaveDrawing>();

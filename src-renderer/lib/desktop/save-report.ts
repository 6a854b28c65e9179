import { createContext } from "svelte";
import type { ReportQuestion } from "../../../src-main/contract/report.ts";
import type { Api } from "../engine/client.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import type { SaveText } from "./save-text.ts";

/** Asks where to and writes the report there; in a browser it is a download like any other. */
export type SaveReport = (question: ReportQuestion) => Promise<void>;

export function saveReportBy(api: Api, save: SaveText, toasts: ToastsState): SaveReport {
  return async (question) => {
    await toasts.toldIfFailed(async () => {
      const { name, html } = await api.reports.html.query(question);
      await save(html, name);
    });
  };
}

export const [saveReport, provideSaveReport] = createContext<SaveReport>();

import { createContext } from "svelte";
import type { DesktopBridge } from "../../../src-main/contract/desktop.ts";
import type { ReportQuestion } from "../../../src-main/contract/report.ts";
import type { Api } from "../engine/client.ts";
import type { ToastsState } from "../toasts.svelte.ts";
import { desktopTexts } from "./desktop-texts.ts";
import { download } from "./download.ts";

/** Asks where to and writes the report there; in a browser it is a download like any other. */
export type SaveReport = (question: ReportQuestion) => Promise<void>;

/** @param desktop null in a browser */
export function saveReportBy(api: Api, desktop: DesktopBridge | null, toasts: ToastsState): SaveReport {
  return async (question) => {
    await toasts.toldIfFailed(async () => {
      const { name, html } = await api.reports.html.query(question);
      if (desktop === null) {
        download(new Blob([html], { type: "text/html" }), name);
        return;
      }
      const outcome = await desktop.call({ kind: "save-report", name, html });
      if (outcome.kind === "saved") toasts.show(desktopTexts.saved(outcome.path));
      if (outcome.kind === "failed") toasts.show(`${outcome.problem} ${outcome.remedy}`);
    });
  };
}

export const [saveReport, provideSaveReport] = createContext<SaveReport>();

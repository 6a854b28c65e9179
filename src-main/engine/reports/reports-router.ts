import { reportQuestion } from "../../contract/report.ts";
import { procedure, routerOf } from "../calls/procedure.ts";

export const reportsRouter = routerOf({
  html: procedure.input(reportQuestion).query(({ ctx, input }) => ctx.engine.reports.html(input)),
});

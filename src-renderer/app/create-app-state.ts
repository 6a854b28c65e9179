/** All that the pages know and can ask for: constructed here, in order, each with what it needs, and handed to the components as contexts. */
import type { WayTimes, WayTiming } from "../../src-main/contract/machine.ts";
import { DatasetsState, provideDatasets } from "../entities/dataset/datasets.svelte.ts";
import { PixelScansState, providePixelScans } from "../entities/dataset/pixel-scans.svelte.ts";
import { provideSystemFolders, SystemFolders } from "../entities/dataset/system-folders.ts";
import { provideDraftedExperiment } from "../entities/experiment/drafted-experiment.ts";
import { ExperimentStanding, provideExperimentStanding } from "../entities/experiment/experiment-standing.svelte.ts";
import { provideRecordedExperiments, RecordedExperiments } from "../entities/experiment/experiments.svelte.ts";
import { OpenedExperiment, provideOpenedExperiment } from "../entities/experiment/opened-experiment.svelte.ts";
import { providePrepareNetworks } from "../entities/experiment/prepare-networks.ts";
import { provideThreads, ThreadsState } from "../entities/machine/threads.svelte.ts";
import { NetworkListState, provideNetworkList } from "../entities/network/network-list.svelte.ts";
import { provideQueue, QueueState } from "../entities/queue/queue.svelte.ts";
import { ComparisonState, provideComparison } from "../entities/run/compare.svelte.ts";
import { FirstKernelsState, provideFirstKernels } from "../entities/run/first-kernels.svelte.ts";
import { LiveState, provideLive, provideShownCurves, ShownCurves } from "../entities/run/live.svelte.ts";
import { provideRepeatJob } from "../entities/run/repeating.ts";
import { provideRunArchitectures, RunArchitectures } from "../entities/run/run-architectures.ts";
import { provideRunChoices, RunChoices } from "../entities/run/run-choices.svelte.ts";
import { provideRuns, RunsState } from "../entities/run/runs.svelte.ts";
import { CalibrationState, provideCalibration } from "../features/calibration/calibration.svelte.ts";
import { provideWayTimes } from "../features/lessons/factorisation/way-times.svelte.ts";
import { LessonSettings, provideLessonSettings } from "../features/lessons/lesson-settings.svelte.ts";
import { OwnLesson, provideOwnLesson } from "../features/lessons/own/own-lesson.svelte.ts";
import { PreparedStart, providePreparedStart } from "../features/lessons/prepared/prepared-start.svelte.ts";
import { NetworksState, provideNetworks } from "../features/networks/networks.svelte.ts";
import { provideRowTimes, RowTimesState } from "../features/networks/times/row-times.svelte.ts";
import { PerClassState, providePerClass } from "../features/per-class/per-class.svelte.ts";
import { AttributionState, provideAttribution } from "../features/predict/attribution.svelte.ts";
import { ClassPlanesState, provideClassPlanes } from "../features/predict/class-planes.svelte.ts";
import { LayerProbesState, provideLayerProbes } from "../features/predict/layer-probes.svelte.ts";
import { LayerSimilarityState, provideLayerSimilarity } from "../features/predict/layer-similarity.svelte.ts";
import { LayerState, provideLayer } from "../features/predict/layers.svelte.ts";
import { MaximisingState, provideMaximising } from "../features/predict/maximising.svelte.ts";
import { PredictState, providePredict } from "../features/predict/predict.svelte.ts";
import { provideStrongest, StrongestState } from "../features/predict/strongest.svelte.ts";
import { DeletedRunsState, provideDeletedRuns } from "../features/runs/deleted-runs.svelte.ts";
import { provideRunConfusion, RunConfusionState } from "../features/runs/run-confusion.svelte.ts";
import { provideRunList, RunListState } from "../features/runs/run-list.svelte.ts";
import { provideRunTable, RunTableState } from "../features/runs/run-table.svelte.ts";
import { provideRunTestLooks, RunTestLooksState } from "../features/runs/run-test-looks.svelte.ts";
import { provideSuspects, SuspectsState } from "../features/runs/suspects/suspects.svelte.ts";
import { provideWeightsCheck, WeightsCheckState } from "../features/runs/weights-check.svelte.ts";
import { BeginState, provideBegin } from "../features/train/experiment/begin.svelte.ts";
import { EstimateState, provideEstimate } from "../features/train/experiment/estimate.svelte.ts";
import { ExperimentState, provideExperiment } from "../features/train/experiment/experiment.svelte.ts";
import { FileBrowserState, provideFileBrowser } from "../features/train/files/file-browser.svelte.ts";
import { MendState, provideMend } from "../features/train/pictures/mend/mend.svelte.ts";
import { provideVersions, VersionsState } from "../features/train/pictures/mend/versions.svelte.ts";
import { provideWriteOut, WriteOutState } from "../features/train/pictures/mend/write-out.svelte.ts";
import { provideSplit, SplitState } from "../features/train/pictures/split/split.svelte.ts";
import { provideTake, TakeState } from "../features/train/pictures/take/take.svelte.ts";
import { provideWelcome, WelcomeState } from "../features/welcome/welcome.svelte.ts";
import { desktop } from "../lib/desktop/bridge.ts";
import { provideSaveDrawing, saveDrawingBy } from "../lib/desktop/save-drawing.ts";
import { provideSaveFromRun, saveFromRunBy } from "../lib/desktop/save-from-run.ts";
import { provideSaveLesson, saveLessonBy } from "../lib/desktop/save-lesson.ts";
import { provideSaveReport, saveReportBy } from "../lib/desktop/save-report.ts";
import { provideSaveText, saveTextBy } from "../lib/desktop/save-text.ts";
import { fileUrl } from "../lib/engine/access.ts";
import { Admission } from "../lib/engine/admission.ts";
import { createEngineClient } from "../lib/engine/client.ts";
import { ConnectionState, provideConnection } from "../lib/engine/connection.svelte.ts";
import { MeasuredTimes } from "../lib/engine/measured-times.svelte.ts";
import { provideRouter, RouterState } from "../lib/router.svelte.ts";
import { provideToasts, ToastsState } from "../lib/toasts.svelte.ts";
import { ChartLook, provideChartLook } from "../ui/charts/chart-look.svelte.ts";
import { DesktopState, provideDesktop } from "./desktop.svelte.ts";
import { draftedExperimentBy } from "./drafted-experiment.ts";
import { prepareNetworksBy } from "./prepare-networks.ts";
import { repeatJobBy } from "./repeat-job.ts";

export type AppState = ReturnType<typeof createAppState>;

export function createAppState() {
  const router = new RouterState(window);
  const toasts = new ToastsState();
  const admission = new Admission();
  const { api, socket } = createEngineClient(desktop, admission);
  const connection = new ConnectionState({ api, socket, admission });

  const threads = new ThreadsState(api, connection, toasts);
  const networkList = new NetworkListState(api);
  const datasets = new DatasetsState(api, connection);
  const pixelScans = new PixelScansState(api, connection);
  const folders = new SystemFolders(desktop, router, datasets);
  const runs = new RunsState(api, connection, toasts);

  const saveText = saveTextBy(desktop, toasts);
  const begin = new BeginState(api);
  const experiment = new ExperimentState({ api, toasts, datasets, networkList, begin });
  return {
    router,
    toasts,
    connection,
    desktop: new DesktopState(desktop, { engine: connection, router, toasts, folders }),
    saveFromRun: saveFromRunBy(desktop, toasts),
    saveDrawing: saveDrawingBy(desktop, toasts),
    saveLesson: saveLessonBy(desktop, toasts),
    saveText,
    saveReport: saveReportBy(api, saveText, toasts),
    chartLook: new ChartLook(),
    threads,
    welcome: new WelcomeState(api),
    networkList,
    networks: new NetworksState(api),
    rowTimes: new RowTimesState(api),
    lessonSettings: new LessonSettings(),
    ownLesson: new OwnLesson(),
    wayTimes: new MeasuredTimes<WayTiming, WayTimes>((question) => api.models.timeWays.mutate(question)),
    datasets,
    pixelScans,
    folders,
    runs,
    queue: new QueueState(api, connection, toasts),
    live: new LiveState(connection),
    architectures: new RunArchitectures(api),
    estimate: new EstimateState(api),
    begin,
    experiment,
    draftedExperiment: draftedExperimentBy({ experiment, networkList }),
    prepareNetworks: prepareNetworksBy({ experiment, networkList, router }),
    repeatJob: repeatJobBy({ experiment, begin, datasets, router }),
    runTable: new RunTableState(),
    makeCurves: () => new ShownCurves(api, connection, runs),
    makeComparison: () => new ComparisonState(api),
    makeRunList: () => new RunListState(api, connection, runs),
    makeDeletedRuns: () => new DeletedRunsState(api, runs),
    makeRunChoices: () => new RunChoices(api),
    makeExperimentStanding: () => new ExperimentStanding(api, connection),
    makeRecordedExperiments: () => new RecordedExperiments(api, connection, toasts),
    makeOpenedExperiment: () => new OpenedExperiment(api, connection, toasts),
    makeFirstKernels: () => new FirstKernelsState(api),
    makePreparedStart: () => new PreparedStart(api),
    makeCalibration: () => new CalibrationState(api),
    makePerClass: () => new PerClassState(api),
    makeRunConfusion: () => new RunConfusionState(api),
    makeRunTestLooks: () => new RunTestLooksState(api),
    makeWeightsCheck: () => new WeightsCheckState(api),
    makeSuspects: () => new SuspectsState(api),
    makePredict: () => new PredictState(api),
    makeLayer: () => new LayerState((path, query) => fetch(fileUrl(path, query))),
    makeAttribution: () => new AttributionState(api),
    makeStrongest: () => new StrongestState(api),
    makeClassPlanes: () => new ClassPlanesState(api),
    makeLayerSimilarity: () => new LayerSimilarityState(api),
    makeLayerProbes: () => new LayerProbesState(api),
    makeMaximising: () => new MaximisingState(api),
    makeTake: () => new TakeState(api),
    makeMend: () => new MendState(api),
    makeSplit: () => new SplitState(api),
    makeWriteOut: () => new WriteOutState(api, connection),
    makeVersions: () => new VersionsState(api),
    makeFileBrowser: () => new FileBrowserState(api),
  };
}

/** Called once, while the app's component is set up. */
export function provideAppState(state: AppState): void {
  provideRouter(state.router);
  provideToasts(state.toasts);
  provideConnection(state.connection);
  provideDesktop(state.desktop);
  provideSaveFromRun(state.saveFromRun);
  provideSaveDrawing(state.saveDrawing);
  provideSaveLesson(state.saveLesson);
  provideSaveText(state.saveText);
  provideSaveReport(state.saveReport);
  provideChartLook(state.chartLook);
  provideThreads(state.threads);
  provideWelcome(state.welcome);
  provideNetworkList(state.networkList);
  provideNetworks(state.networks);
  provideRowTimes(state.rowTimes);
  provideLessonSettings(state.lessonSettings);
  provideOwnLesson(state.ownLesson);
  provideWayTimes(state.wayTimes);
  provideDatasets(state.datasets);
  providePixelScans(state.pixelScans);
  provideSystemFolders(state.folders);
  provideRuns(state.runs);
  provideQueue(state.queue);
  provideLive(state.live);
  provideRunArchitectures(state.architectures);
  provideEstimate(state.estimate);
  provideBegin(state.begin);
  provideExperiment(state.experiment);
  provideRepeatJob(state.repeatJob);
  provideDraftedExperiment(state.draftedExperiment);
  providePrepareNetworks(state.prepareNetworks);
  provideRunTable(state.runTable);
  provideShownCurves(state.makeCurves);
  provideComparison(state.makeComparison);
  provideRunList(state.makeRunList);
  provideDeletedRuns(state.makeDeletedRuns);
  provideRunChoices(state.makeRunChoices);
  provideExperimentStanding(state.makeExperimentStanding);
  provideRecordedExperiments(state.makeRecordedExperiments);
  provideOpenedExperiment(state.makeOpenedExperiment);
  providePreparedStart(state.makePreparedStart);
  provideCalibration(state.makeCalibration);
  providePerClass(state.makePerClass);
  provideRunConfusion(state.makeRunConfusion);
  provideRunTestLooks(state.makeRunTestLooks);
  provideWeightsCheck(state.makeWeightsCheck);
  provideFirstKernels(state.makeFirstKernels);
  provideSuspects(state.makeSuspects);
  provideMend(state.makeMend);
  providePredict(state.makePredict);
  provideLayer(state.makeLayer);
  provideAttribution(state.makeAttribution);
  provideStrongest(state.makeStrongest);
  provideClassPlanes(state.makeClassPlanes);
  provideLayerSimilarity(state.makeLayerSimilarity);
  provideLayerProbes(state.makeLayerProbes);
  provideMaximising(state.makeMaximising);
  provideTake(state.makeTake);
  provideSplit(state.makeSplit);
  provideVersions(state.makeVersions);
  provideWriteOut(state.makeWriteOut);
  provideFileBrowser(state.makeFileBrowser);
}

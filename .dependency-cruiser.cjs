/** The import table of the rooms, checked: data flows one way, and what needs a native library has one door. */

/** What everyone may import: schemas and types, and pure logic on them. */
const SHARED = ["contract", "domain"];

/** Each room of src-main, and the rooms that it may import besides itself and, from `platform` on, what is shared. */
const ROOMS = {
  contract: [],
  domain: ["contract"],
  platform: [],
  datasets: ["platform"],
  store: ["platform"],
  tensorflow: ["platform"],
  batches: ["datasets", "tensorflow", "platform"],
  models: ["tensorflow", "platform"],
  training: ["batches", "models", "tensorflow", "platform"],
  inference: ["batches", "models", "tensorflow", "datasets", "platform"],
  engine: ["training", "inference", "batches", "models", "tensorflow", "datasets", "store", "platform"],
  server: ["engine", "platform"],
  cli: ["engine", "platform"],
  shell: ["platform"],
};

/** What an example is: plain types that every room downstream speaks of. Anything else of `datasets` is out of bounds for them. */
const EXAMPLE = "^src-main/datasets/example\\.ts$";

function allowedIn(room, others) {
  return SHARED.includes(room) ? [room, ...others] : [room, ...SHARED, ...others];
}

const roomRules = Object.entries(ROOMS).map(([room, others]) => ({
  name: `${room}-imports`,
  comment: `${room} may import ${allowedIn(room, others).join(", ")}.`,
  severity: "error",
  from: { path: `^src-main/${room}/` },
  to: {
    path: "^(src-main|src-renderer|test|tools)/",
    pathNot: [`^src-main/(${allowedIn(room, others).join("|")})/`, EXAMPLE],
  },
}));

/** What each layer of the pages may import besides itself and, of src-main, the contract. */
const LAYERS = {
  app: ["pages", "features", "entities", "ui", "lib"],
  pages: ["features", "entities", "ui", "lib"],
  features: ["entities", "ui", "lib"],
  entities: ["ui", "lib"],
  ui: ["lib"],
  lib: [],
};

const layerRules = Object.entries(LAYERS).map(([layer, others]) => ({
  name: `${layer}-imports`,
  comment: `${layer} may import ${["itself", ...others].join(", ")}.`,
  severity: "error",
  from: { path: `^src-renderer/${layer}/` },
  to: { path: "^src-renderer/", pathNot: `^src-renderer/(${[layer, ...others].join("|")})/` },
}));

/** Every call to the engine. */
const ENGINE_CLIENT = "^src-renderer/lib/engine/client\\.ts$";

/** A package with one file that imports it; others may import its types. */
const onlyIn = (name, packagePath, file) => ({
  name,
  severity: "error",
  from: { path: "^(src-main|src-renderer|test)/", pathNot: file },
  to: { path: packagePath, dependencyTypesNot: ["type-only"] },
});

module.exports = {
  forbidden: [
    ...roomRules,
    ...layerRules,
    {
      name: "no-feature-imports-another",
      comment: "What several features show belongs to an entity; a page puts features together.",
      severity: "error",
      from: { path: "^src-renderer/features/([^/]+)/" },
      to: { path: "^src-renderer/features/", pathNot: "^src-renderer/features/$1/" },
    },
    {
      name: "components-call-no-api",
      comment: "A component asks a state, which it has from a context; states are given the engine's client.",
      severity: "error",
      from: { path: "^src-renderer/.*\\.svelte$" },
      to: { path: ENGINE_CLIENT },
    },
    {
      name: "client-is-made-in-app",
      comment:
        "States take the client as a parameter and name its type alone, so that a test can give them a scripted one.",
      severity: "error",
      from: { path: "^src-renderer/", pathNot: ["^src-renderer/app/", "\\.svelte$"] },
      to: { path: ENGINE_CLIENT, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "renderer-imports",
      comment: "The pages take what is shared and the type of the router, nothing else of the engine.",
      severity: "error",
      from: { path: "^src-renderer/" },
      to: {
        path: "^(src-main|test|tools)/",
        pathNot: ["^src-main/(contract|domain)/", "^src-main/engine/router\\.ts$"],
      },
    },
    {
      name: "renderer-takes-only-the-routers-type",
      severity: "error",
      from: { path: "^src-renderer/" },
      to: { path: "^src-main/engine/router\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "commands-call-endpoints",
      comment:
        "A command asks by the router, so that the engine may be elsewhere; what needs no record is a function of its own.",
      severity: "error",
      from: { path: "^src-main/cli/", pathNot: "^src-main/cli/with-engine\\.ts$" },
      to: {
        path: "^src-main/engine/",
        pathNot: "^src-main/engine/(models/|machine/(bench|diagnose)\\.ts$|weights/weights-files\\.ts$)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "example-is-only-a-type",
      comment: "Rooms that may not import datasets may name its types.",
      severity: "error",
      from: { path: "^src-main/(store|training|models|tensorflow|platform|server|cli|shell)/" },
      to: { path: EXAMPLE, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nobody-imports-entrypoints",
      severity: "error",
      from: {},
      to: { path: "^src-main/entrypoints/" },
    },
    {
      name: "product-does-not-import-tests",
      severity: "error",
      from: { path: "^(src-main|src-renderer|tools)/" },
      to: { path: "^test/" },
    },
    {
      name: "shared-is-browser-safe",
      comment: "No Node modules: the pages import it too.",
      severity: "error",
      from: { path: "^src-(main/(contract|domain)|renderer)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "training-records-nothing",
      comment: "Training emits to a sink; the store belongs to the engine.",
      severity: "error",
      from: { path: "^src-main/training/" },
      to: { path: "^src-main/store/", reachable: true },
    },
    {
      name: "light-rooms-need-no-tensorflow",
      comment: "Data sets, rows, shapes, the zoo, schedules and the store work without TensorFlow.",
      severity: "error",
      from: {
        path: "^src-main/(domain/|datasets/|store/|models/(rows|registry)\\.ts|models/zoo/|training/schedules\\.ts)",
      },
      to: { path: "^src-main/tensorflow/runtime\\.ts$", reachable: true },
    },
    onlyIn("better-sqlite3-has-one-door", "node_modules/(@types/)?better-sqlite3/", "^src-main/store/database\\.ts$"),
    onlyIn("tensorflow-has-one-door", "node_modules/@tensorflow/", "^src-main/tensorflow/runtime\\.ts$"),
    onlyIn("electron-has-one-folder", "node_modules/electron/", "^src-main/shell/"),
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    { name: "everything-resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "engine-uses-no-development-packages",
      comment: "What runs in the engine must be a dependency, not a devDependency.",
      severity: "error",
      from: { path: "^src-main/", pathNot: "^src-main/shell/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["svelte", "import", "require", "node", "default", "types"],
    },
  },
};

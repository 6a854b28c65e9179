import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "electron-vite";

/** CommonJS that Node 16 understands, so that Electron from 22 on runs it; everything inside, since a sandboxed preload can load no other file. */
const script = (name: "main" | "preload") => ({
  build: {
    externalizeDeps: false,
    target: "node16",
    rolldownOptions: {
      input: `src-main/entrypoints/${name}.ts`,
      output: { format: "cjs" as const, entryFileNames: `${name}.cjs` },
    },
  },
});

/** The desktop window: its main process, its preload script, its pages. The engine is not built: Node 24 runs its TypeScript as it stands. */
export default defineConfig({
  main: script("main"),
  preload: script("preload"),
  renderer: {
    root: "src-renderer",
    base: "./",
    plugins: [svelte()],
    build: {
      target: "chrome108",
      minify: true,
      chunkSizeWarningLimit: 900,
      rolldownOptions: { input: "src-renderer/index.html" },
    },
  },
});

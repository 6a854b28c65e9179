import { defineConfig } from "vite";

/**
 * Electron's main process and preload script, one a build since a sandboxed preload can load no other file: `vite build --config … --mode main | preload`.
 * CommonJS that Node 16 understands, so that Electron from 22 on runs it.
 */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: `src-main/entrypoints/${mode}.ts`,
    outDir: "out/shell",
    emptyOutDir: false,
    target: "node16",
    rolldownOptions: { external: ["electron"], output: { format: "cjs", entryFileNames: `${mode}.cjs` } },
  },
}));

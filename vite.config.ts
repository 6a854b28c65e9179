import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

/** The window's pages. The engine is not built: Node 24 runs its TypeScript as it stands. */
export default defineConfig({
  root: "src-renderer",
  base: "./",
  plugins: [svelte()],
  build: { outDir: "../out/renderer", emptyOutDir: true, target: "chrome108", chunkSizeWarningLimit: 900 },
});

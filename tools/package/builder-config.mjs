/** What electron-builder is told: one app for three systems, in two flavours. `folder` is where `stage.mjs` laid everything out, `made` where packages go. */
import { renameSync } from "node:fs";
import { join } from "node:path";

/** See Electron's documentation of fuses: what the packaged program can no longer be made to do. */
const fuses = {
  // No `ELECTRON_RUN_AS_NODE`, `NODE_OPTIONS` or `--inspect`: a signed program must not run another's code.
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
};
/** Where the fuse came that takes `file:` pages' extra rights away; the tool refuses what a program does not have. */
const fileFuseMajor = 29;

/**
 * @param {{ root: string, folder: string, made: string, flavour: string, electronVersion: string, electronDist?: string, runtimeVersion: string }} question
 * @returns {import("electron-builder").Configuration}
 */
export function builderConfig({ root, folder, made, flavour, electronVersion, electronDist, runtimeVersion }) {
  const hasFileFuse = Number(runtimeVersion.split(".")[0]) >= fileFuseMajor;
  const icons = join(root, "resources", "icons");
  return {
    appId: "app.strata.desktop",
    productName: "Strata",
    copyright: "MIT licence",
    directories: { app: join(folder, "app"), output: made, buildResources: icons },
    artifactName: `strata-\${version}-\${os}-\${arch}-${flavour}.\${ext}`,
    electronVersion,
    ...(electronDist ? { electronDist } : {}),
    electronLanguages: ["en-US"],
    electronFuses: hasFileFuse ? { ...fuses, grantFileProtocolExtraPrivileges: false } : fuses,
    asar: true,
    npmRebuild: false,
    nodeGypRebuild: false,
    // Updates are files that a person brings: nothing is published, nothing is asked for.
    publish: null,
    // The shell holds all that it needs; without this the engine's packages would come in twice.
    files: ["**/*", "!**/node_modules{,/**/*}"],
    // By hand: electron-builder's own way of adding folders leaves their node_modules out.
    afterPack({ packager, appOutDir }) {
      const resources = packager.getResourcesDir(appOutDir);
      // A gigabyte, and nobody else's: moved, not copied.
      for (const part of ["engine", "licences"]) renameSync(join(folder, part), join(resources, part));
    },
    protocols: [{ name: "Strata", schemes: ["strata"] }],
    linux: {
      executableName: "strata",
      category: "Science",
      icon: join(icons, "icon.png"),
      maintainer: "Strata",
      synopsis: "A bench for deep vision networks",
    },
    // Chromium opens libX11-xcb by its name. Recommendations apt would want to fetch, which it cannot without a network.
    deb: { depends: ["libgtk-3-0", "libnss3", "libasound2", "libgbm1", "libxss1", "libx11-xcb1"], recommends: [] },
    // As rpm names libraries, whatever a system calls the package.
    rpm: {
      depends: ["libgtk-3.so.0", "libnss3.so", "libasound.so.2", "libgbm.so.1", "libX11-xcb.so.1"].map(
        (name) => `${name}()(64bit)`,
      ),
    },
    win: { icon: join(icons, "icon.ico") },
    mac: {
      target: ["dmg"],
      icon: join(icons, "icon.icns"),
      category: "public.app-category.developer-tools",
      hardenedRuntime: true,
      // Without the key and the sentence macOS gives no camera.
      entitlements: join(root, "resources", "mac", "entitlements.plist"),
      extendInfo: { NSCameraUsageDescription: "Pictures that you take go into the folder that you choose." },
    },
  };
}

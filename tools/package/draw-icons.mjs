/**
 * Draws the product's icons into resources/icons from the mark's bands: `node tools/package/draw-icons.mjs`. PNG for Linux, and the two containers
 * that hold PNGs for Windows (ICO) and macOS (ICNS); both are a table of sizes and the files one after the other.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const folder = join(import.meta.dirname, "..", "icons");

/** The pages' mark on paper, which the pages themselves do without. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect x="1.5" y="1.5" width="29" height="29" rx="6.5" fill="#f6f3ee" stroke="#c9c1b3" stroke-width=".5" />
  <rect x="6" y="6" width="20" height="4.4" rx="1" fill="#1d1b18" />
  <rect x="6" y="11.4" width="15" height="4.4" rx="1" fill="#0a6c8f" />
  <rect x="6" y="16.8" width="18" height="3" rx="1" fill="#cdb78d" />
  <rect x="6" y="20.8" width="9" height="5" rx="1" fill="#c8540a" />
</svg>`;

const draw = (sidePixels) =>
  sharp(Buffer.from(drawing), { density: (72 * sidePixels) / 32 })
    .resize(sidePixels, sidePixels)
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();

/** https://learn.microsoft.com/windows/win32/uxguide/vis-icons names the sizes; 256 is written as 0. */
async function ico(sides) {
  const pictures = await Promise.all(sides.map(draw));
  const head = Buffer.alloc(6 + 16 * sides.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sides.length, 4);
  let offset = head.length;
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(sides[index] % 256, at);
    head.writeUInt8(sides[index] % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([head, ...pictures]);
}

async function icns(sidesByType) {
  const entries = await Promise.all(
    Object.entries(sidesByType).map(async ([type, side]) => {
      const picture = await draw(side);
      const head = Buffer.alloc(8);
      head.write(type, "latin1");
      head.writeUInt32BE(8 + picture.length, 4);
      return Buffer.concat([head, picture]);
    }),
  );
  const body = Buffer.concat(entries);
  const head = Buffer.alloc(8);
  head.write("icns", "latin1");
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

writeFileSync(join(folder, "icon.png"), await draw(512));
writeFileSync(join(folder, "icon.ico"), await ico([16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  join(folder, "icon.icns"),
  await icns({ icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }),
);

/** A house, a tree and a sun: large and small things, for where no picture is open. Its address is the drawing itself. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 100 100">
  <rect width="100" height="100" fill="#cfd9d6"/>
  <rect y="66" width="100" height="34" fill="#8fa083"/>
  <circle cx="79" cy="20" r="9" fill="#e3cf8a"/>
  <rect x="22" y="42" width="36" height="34" fill="#c9b7a0"/>
  <path d="M17 44L40 22L63 44Z" fill="#8a5f5a"/>
  <rect x="35" y="56" width="11" height="20" fill="#5b5047"/>
  <rect x="26" y="48" width="7" height="7" fill="#f1ece4"/>
  <rect x="48" y="48" width="7" height="7" fill="#f1ece4"/>
  <rect x="76" y="58" width="4" height="20" fill="#6b574a"/>
  <circle cx="78" cy="50" r="13" fill="#57755f"/>
  <circle cx="44" cy="67" r="1" fill="#e3cf8a"/>
</svg>`;

export const drawnSampleUrl = `data:image/svg+xml,${encodeURIComponent(drawing)}`;

/** The page around a report: one file that asks for nothing, without a script, in light, dark and on paper. */
import { escaped } from "./markup.ts";

const style = `
:root { color-scheme: light dark; --paper: #f6f3ee; --sheet: #fffdfa; --ink: #1d1b18; --ink-2: #5d574e; --line: #e2dcd1; --a: #0a6c8f; --b: #c8540a; --c: #6d4aa0; --d: #3f7d3a; }
@media (prefers-color-scheme: dark) { :root { --paper: #171614; --sheet: #201e1b; --ink: #f0ece4; --ink-2: #b5ada0; --line: #3a3630; --a: #5cb8d8; --b: #f0945a; --c: #b79ae0; --d: #86c480; } }
* { box-sizing: border-box; }
body { max-width: 1080px; margin: 0 auto; padding: 24px 16px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.2; }
h2 { margin: 0 0 12px; font-size: 17px; }
p { margin: 0 0 8px; }
.over, figcaption, caption, .tiny { color: var(--ink-2); font-size: 13px; }
section { margin-top: 16px; padding: 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); }
.verdict { font-size: 16px; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 24px; }
figure { min-width: 0; margin: 0; break-inside: avoid; }
figure > p { margin: 0; }
figure > p:first-child { font-weight: 600; }
figure > svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink-2); font: 12px system-ui, sans-serif; }
.axis { stroke: var(--line); fill: none; }
.mark { fill: none; stroke-width: 2; stroke-linejoin: round; }
.faint { stroke-width: 1; opacity: 0.35; }
.dashed { stroke-dasharray: 5 4; }
.of-a { stroke: var(--a); } .of-b { stroke: var(--b); } .of-c { stroke: var(--c); } .of-d { stroke: var(--d); }
.dot { stroke: none; } .dot.of-a { fill: var(--a); } .dot.of-b { fill: var(--b); } .dot.of-c { fill: var(--c); } .dot.of-d { fill: var(--d); }
.scroll { overflow-x: auto; }
.scroll > svg { display: block; width: 100%; min-width: 640px; height: auto; }
dl + .scroll { margin-top: 16px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 4px; text-align: left; }
th, td { padding: 4px 8px 4px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; max-width: 18em; overflow-wrap: break-word; }
th { font-weight: 500; }
.number { text-align: right; }
td.number { white-space: nowrap; }
dl { margin: 0; columns: 2 300px; column-gap: 32px; }
dl div { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
dt { flex: none; max-width: 50%; color: var(--ink-2); }
dd { margin: 0; text-align: right; }
details { margin-top: 8px; }
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --ink: #000; --ink-2: #444; --line: #ccc; --a: #0a6c8f; --b: #c8540a; --c: #6d4aa0; --d: #3f7d3a; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  section { padding: 0; border: 0; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
  .charts { grid-template-columns: 1fr 1fr; }
  details:not([open]) { display: none; }
}
@page { margin: 16mm; }`;

/** @param over a line above the title @param sections markup */
export function reportPage(title: string, over: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header><p class="over">${escaped(over)}</p><h1>${escaped(title)}</h1></header>
<main>${sections.join("\n")}</main>
</body>
</html>
`;
}

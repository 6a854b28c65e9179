/** The headers that columns of a list have, as they are compared: small letters, with an underscore between words. */

export function comparedHeader(title = ""): string {
  return title
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
}

export const fileHeaders =
  /^(file|filename|file_?name|file_?path|path|image|image_?(id|index|name|path|file)|img|picture|photo|id|name|fname)$/;
/** Those that no number of a line has. */
export const sureFileHeaders =
  /^(file|filename|file_?name|file_?path|path|image|image_?(id|name|path|file)|img|picture|photo|fname)$/;
export const labelHeaders =
  /^(target|type|tag|y)$|(^|_)(labels?|class(es)?|category|species|breed|diagnosis|disease|finding|dx)(_?(name|id))?$/;
export const splitHeaders = /(^|_)(split|set|subset|partition|fold|dataset|usage|phase|group)(_|$)/;
/** Columns that pictures are grouped by, and measurements. */
export const otherHeaders =
  /(^|_)(patient|subject|session|case|lesion|site|source|scanner|camera|location|user|author|date|date_captured|year|time|fold|age|sex|gender|width|height|size|id|index|idx|number|num|no)s?$/;
/** Of a box in the picture: `y` is no class there. */
export const boxHeaders = /^(x|y|w|h|[xy]_?(min|max|1|2)|width|height)$/;

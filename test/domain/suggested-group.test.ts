import { expect, test } from "vitest";
import { suggestedGroup } from "../../src-main/domain/splits/suggested-group.ts";

test.each([
  [
    "patients first",
    [
      ["train/a/p1_x.png", "val/a/p1_y.png"],
      ["train/a/p2_x.png", "test/a/p2_y.png"],
      ["train/b/p3_x.png", "val/b/p3_z.png"],
    ],
    "name:1",
  ],
  [
    "a word of the camera before the session",
    [
      ["x/a/IMG_s1_1.png", "x/b/IMG_s1_2.png"],
      ["x/a/IMG_s2_3.png", "x/b/IMG_s2_4.png"],
      ["x/a/IMG_s3_5.png", "x/b/IMG_s3_6.png"],
    ],
    "name:2",
  ],
  [
    "folders of videos",
    [
      ["train/cat/v1/1.png", "val/cat/v1/2.png"],
      ["train/cat/v2/3.png", "val/cat/v2/4.png"],
      ["train/cat/v3/5.png", "val/cat/v3/6.png"],
    ],
    "folder:1",
  ],
  [
    "nothing in common",
    [
      ["train/a/1.png", "val/a/7.png"],
      ["train/a/2.png", "val/a/9.png"],
      ["train/b/3.png", "val/b/8.png"],
    ],
    null,
  ],
  [
    "too few to say",
    [
      ["train/a/p1_x.png", "val/a/p1_y.png"],
      ["train/a/p2_x.png", "test/a/p2_y.png"],
    ],
    null,
  ],
])("near-duplicates with %s", (_, groups, wanted) => {
  const named = groups.map((names) => names.map((name) => ({ name, className: name.split("/")[1]! })));
  expect(suggestedGroup(named)).toBe(wanted);
});

/** Lists beside pictures. */
import { type LayoutCases, listed, numbers, rows, six } from "./layout-case.ts";

export const listLayouts: LayoutCases = {
  "a list with header": {
    tree: { "*.png": 12, "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
  },
  "a list without header": {
    tree: { "*.png": 12, "labels.csv": rows(listed((n, label) => `${n}.png,${label}`)) },
    layout: "label-list",
    list: "labels.csv",
    label: "2",
    classes: six,
  },
  "a list of tabs": {
    tree: { "*.png": 12, "labels.tsv": rows(["file\tlabel", ...listed((n, label) => `${n}.png\t${label}`)]) },
    layout: "label-list",
    list: "labels.tsv",
    label: "label",
    classes: six,
  },
  "a list with semicolons": {
    tree: { "*.png": 12, "labels.csv": rows(["file;label", ...listed((n, label) => `${n}.png;${label}`)]) },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
  },
  "a list with Windows' line ends and a mark at its start": {
    tree: {
      "*.png": 12,
      "l.csv": `\uFEFF${rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)], "\r\n")}`,
    },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: six,
  },
  "a list without the ends of names": {
    tree: { "images/*.png": 12, "trainLabels.csv": rows(["id,label", ...listed((n, label) => `${n},${label}`)]) },
    layout: "label-list",
    list: "trainLabels.csv",
    label: "label",
    classes: six,
  },
  "a list with paths": {
    tree: {
      "images/*.png": 12,
      "labels.csv": rows(["image,class", ...listed((n, label) => `images/${n}.png,${label}`)]),
    },
    layout: "label-list",
    list: "labels.csv",
    label: "class",
    classes: six,
  },
  "a list with Windows' paths from elsewhere": {
    tree: {
      "images/*.png": 12,
      "labels.csv": rows(["path,class", ...listed((n, label) => `C:\\data\\images\\${n}.png,${label}`)]),
    },
    layout: "label-list",
    list: "labels.csv",
    label: "class",
    classes: six,
  },
  "a list with the label first": {
    tree: { "*.png": 12, "labels.csv": rows(["label,file", ...listed((n, label) => `${label},${n}.png`)]) },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
  },
  "a list with quotes and commas in names": {
    tree: { "*, a.png": 12, "labels.csv": rows(["file,label", ...listed((n, label) => `"${n}, a.png","${label}"`)]) },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
  },
  "a list with other columns": {
    tree: {
      "*.png": 12,
      "meta.csv": rows([
        "age,image_id,sex,dx",
        ...listed((n, label) => `${20 + (n % 3)},${n},${n % 2 ? "f" : "m"},${label}`),
      ]),
    },
    layout: "label-list",
    list: "meta.csv",
    label: "dx",
    classes: six,
    others: ["label-list sex", "label-list age"],
  },
  "a list with splits": {
    tree: {
      "*.png": 12,
      "labels.csv": rows([
        "file,label,split",
        ...listed((n, label) => `${n}.png,${label},${n % 6 === 0 ? "test" : n % 6 === 1 ? "val" : "train"}`),
      ]),
    },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
    splits: [8, 2, 2],
  },
  "a list that names some pictures only": {
    tree: { "*.png": 16, "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
    aside: ["4 pictures not in the list, not used"],
  },
  "a list that names files that are gone": {
    tree: {
      "*.png": 12,
      "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`), "13.png,cat", "14.png,dog"]),
    },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
    aside: ["labels.csv: 2 lines whose file is not there, not used"],
  },
  "a list with pictures without a class": {
    tree: {
      "*.png": 13,
      "l.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${n === 1 ? "" : label}`), "13.png,"]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: { cat: 5, dog: 6 },
    aside: ["l.csv: 2 pictures without a class, not used"],
  },
  "a list in a wrapper": {
    tree: { "x/images/*.png": 12, "x/labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]) },
    layout: "label-list",
    root: "x",
    list: "x/labels.csv",
    label: "label",
    classes: six,
  },
  "a list of sums beside classes": {
    tree: { cat: 6, dog: 6, "counts.csv": "class,count\ncat,6\ndog,6\n" },
    layout: "class-folders",
    classes: six,
  },
  "a list beside classes of another kind": {
    tree: {
      "a/*.png": 6,
      "b/b*.png": 6,
      "labels.csv": rows([
        "file,label",
        ...numbers(6).flatMap((n) => [`a/${n}.png,${n % 2 ? "cat" : "dog"}`, `b/b${n}.png,${n % 2 ? "cat" : "dog"}`]),
      ]),
    },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
    others: ["class-folders"],
    isQuestion: true,
  },
  "a list with two columns, of which none is called a class": {
    tree: {
      "*.png": 12,
      "l.csv": rows(["image,sort,colour", ...listed((n, label) => `${n},${label},${["red", "green", "blue"][n % 3]}`)]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "sort",
    classes: six,
    others: ["label-list colour"],
    isQuestion: true,
  },
  "a list with a coarse and a fine class": {
    tree: {
      "*.png": 12,
      "l.csv": rows(["image,species,breed", ...listed((n, label) => `${n},${label},${label} ${n % 2 ? "a" : "b"}`)]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "species",
    classes: six,
    others: ["label-list breed"],
    isQuestion: true,
  },
  "a list with a disease beside the sex": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "image,sex,disease",
        ...listed((n, label) => `${n},${n % 2 ? "f" : "m"},${n % 4 ? label : "none"}`),
      ]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "disease",
    classes: { cat: 5, dog: 4, none: 3 },
    others: ["label-list sex"],
  },
  "a list with the class as a number and as a word": {
    tree: {
      "*.png": 12,
      "l.csv": rows(["image,label,meaning", ...listed((n, label) => `${n},${label === "cat" ? 0 : 1},${label}`)]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "meaning",
    classes: six,
  },
  "a list with patients": {
    tree: {
      "*.png": 12,
      "l.csv": rows(["image,patient_id,seen,weight", ...listed((n, label) => `${n},p${n % 5},${label},${n % 3}.5`)]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "seen",
    classes: six,
    others: ["label-list patient_id"],
  },
  "a list with spaces in its headers": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "Image Index,Finding Labels,Patient ID,Patient Gender,View Position",
        ...listed((n, label) => `${n}.png,${label},${n % 4},${n % 2 ? "M" : "F"},${n % 3 ? "PA" : "AP"}`),
      ]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "Finding Labels",
    classes: six,
    others: ["label-list View Position", "label-list Patient Gender", "label-list Patient ID"],
  },
  "a list in large letters": {
    tree: { "images/*.png": 12, "l.csv": rows(["IMAGE,LABEL", ...listed((n, label) => `IMAGES/${n}.PNG,${label}`)]) },
    layout: "label-list",
    list: "l.csv",
    label: "LABEL",
    classes: six,
  },
  "a list of splits by number beside the attributes": {
    tree: {
      "*.png": 12,
      "attributes.csv": rows(["image_id,smiling", ...listed((n, label) => `${n}.png,${label === "cat" ? 1 : -1}`)]),
      "partition.csv": rows(["image_id,partition", ...listed((n) => `${n}.png,${n % 3}`)]),
    },
    layout: "label-list",
    list: "attributes.csv",
    label: "smiling",
    classes: { "-1": 6, "1": 6 },
    others: ["label-list partition"],
  },
  "names that say the class, beside a list of patients": {
    tree: {
      "cat.*.png": 6,
      "dog.*.png": 6,
      "info.csv": rows([
        "image,patient",
        ...numbers(6).flatMap((n) => [`cat.${n}.png,p${n % 3}`, `dog.${n}.png,p${n % 3}`]),
      ]),
    },
    layout: "file-names",
    classes: six,
    others: ["label-list patient"],
  },
  "a list of one-hot columns": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "image,MEL,NV,BCC",
        ...listed((n) => `${n},${[0, 1, 2].map((at) => `${Number(n % 3 === at)}.0`)}`),
      ]),
    },
    layout: "one-hot-list",
    list: "l.csv",
    label: "MEL",
    classes: { BCC: 4, MEL: 4, NV: 4 },
  },
  "a list of one-hot columns beside others": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "smoker,sex,cat,dog,image",
        ...listed(
          (n, label) => `${Number(n % 4 === 0)},${n % 2 ? "f" : "m"},${label === "cat" ? "1,0" : "0,1"},${n}.png`,
        ),
      ]),
    },
    layout: "one-hot-list",
    list: "l.csv",
    label: "cat",
    classes: six,
    others: ["label-list smoker", "label-list sex"],
  },
  "a list of one-hot columns with a line of two marks": {
    tree: {
      "*.png": 24,
      "l.csv": rows(["image,cat,dog", ...numbers(24).map((n) => `${n},${n <= 12 ? "1" : "0"},${n >= 12 ? "1" : "0"}`)]),
    },
    layout: "one-hot-list",
    list: "l.csv",
    label: "cat",
    classes: { cat: 11, dog: 12 },
    aside: ["l.csv: 1 picture with two classes, not used"],
  },
  "a list that names a picture twice": {
    tree: { "*.png": 12, "l.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`), "1.png,cat"]) },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: six,
  },
  "a list that gives a picture two classes": {
    tree: { "*.png": 12, "l.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`), "1.png,dog"]) },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: { cat: 5, dog: 6 },
    aside: ["l.csv: 1 picture with two classes, not used"],
  },
  "a list that puts a picture into two splits": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "file,label,split",
        ...listed((n, label) => `${n}.png,${label},${n % 3 ? "train" : "test"}`),
        "1.png,cat,test",
      ]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: { cat: 5, dog: 6 },
    splits: [7, 0, 4],
    aside: ["l.csv: 1 picture in two splits, not used"],
  },
  "a list with a split that is misspelt, and one without": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "file,label,split",
        ...listed(
          (n, label) => `${n}.png,${label},${n % 3 ? "train" : n === 3 ? "tesst" : n === 6 ? "tseting" : "test"}`,
        ),
      ]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: { cat: 4, dog: 6 },
    splits: [8, 0, 2],
    aside: ["l.csv: 2 pictures of an unknown split (tesst), not used"],
  },
  "a list with a picture of no split": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "file,label,split",
        ...listed((n, label) => `${n}.png,${label},${n % 3 ? "train" : n === 3 ? "" : "test"}`),
      ]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "label",
    classes: { cat: 5, dog: 6 },
    splits: [8, 0, 3],
    aside: ["l.csv: 1 picture of no split, not used"],
  },
  "a list of faces with the splits of a contest": {
    tree: {
      "*.png": 12,
      "l.csv": rows([
        "emotion,image,Usage",
        ...listed((n, label) => `${label},${n},${n % 3 ? "Training" : n % 2 ? "PublicTest" : "PrivateTest"}`),
      ]),
    },
    layout: "label-list",
    list: "l.csv",
    label: "emotion",
    classes: six,
    splits: [8, 2, 2],
  },
  "a list in Latin-1": {
    tree: {
      "*.png": 12,
      "l.csv": Buffer.from(
        rows(["file,class", ...listed((n, label) => `${n}.png,${label === "cat" ? "Käfer" : "Köter"}`)]),
        "latin1",
      ),
    },
    layout: "label-list",
    list: "l.csv",
    label: "class",
    classes: { Käfer: 6, Köter: 6 },
  },
  "a list in Shift-JIS": {
    tree: {
      "*.png": 12,
      "l.csv": Buffer.concat(
        ["file,class\n", ...listed((n, label) => `${n}.png,${label}\n`)].map((line) =>
          line.endsWith("cat\n")
            ? Buffer.concat([Buffer.from(line.slice(0, -4)), Buffer.from("944c82d982a40a", "hex")])
            : Buffer.from(line),
        ),
      ),
    },
    layout: "label-list",
    list: "l.csv",
    label: "class",
    classes: { dog: 6, 猫ほう: 6 },
  },
  "a list in UTF-16 of tabs, as a spreadsheet writes it": {
    tree: {
      "*.png": 12,
      "l.csv": Buffer.from(
        `\uFEFF${rows(["file\tclass", ...listed((n, label) => `${n}.png\t${label}`)], "\r\n")}`,
        "utf16le",
      ),
    },
    layout: "label-list",
    list: "l.csv",
    label: "class",
    classes: six,
  },
  "a list in UTF-16 without a mark": {
    tree: {
      "*.png": 12,
      "l.csv": Buffer.from(rows(["file,class", ...listed((n, label) => `${n}.png,${label}`)]), "utf16le").swap16(),
    },
    layout: "label-list",
    list: "l.csv",
    label: "class",
    classes: six,
  },
  "a list without header whose first picture is gone": {
    tree: { "*.png": 11, "l.csv": rows(["99.png,cat", ...listed((n, label) => `${n}.png,${label}`).slice(0, 11)]) },
    layout: "label-list",
    list: "l.csv",
    label: "2",
    classes: { cat: 6, dog: 5 },
    aside: ["l.csv: 1 line whose file is not there, not used"],
  },
  "a list for each split": {
    tree: {
      "images/*.png": 12,
      "train.csv": rows(["id,label", ...listed((n, label) => `${n},${label}`).filter((_, at) => at % 3 !== 0)]),
      "test.csv": rows(["id,label", ...listed((n, label) => `${n},${label}`).filter((_, at) => at % 3 === 0)]),
    },
    layout: "split-lists",
    label: "label",
    classes: six,
    splits: [8, 0, 4],
    others: ["label-list label", "label-list label"],
  },
  "a list for each split, with a picture in both": {
    tree: {
      "*.png": 12,
      "labels_train.csv": rows(listed((n, label) => `${n}.png,${label}`).filter((_, at) => at % 3 !== 0)),
      "labels_val.csv": rows([
        ...listed((n, label) => `${n}.png,${label}`).filter((_, at) => at % 3 === 0),
        "2.png,cat",
      ]),
    },
    layout: "split-lists",
    label: "2",
    classes: { cat: 5, dog: 6 },
    splits: [7, 4, 0],
    others: ["label-list 2", "label-list 2"],
    aside: ["labels_val.csv: 1 picture in two splits, not used"],
  },
  "a list of training beside one of tests without classes": {
    tree: {
      "*.png": 16,
      "train.csv": rows(["id,label", ...listed((n, label) => `${n},${label}`)]),
      "test.csv": rows(["id", "13", "14", "15", "16"]),
    },
    layout: "label-list",
    list: "train.csv",
    label: "label",
    classes: six,
    aside: ["4 pictures not in the list, not used"],
  },
  "two lists of other classes": {
    tree: {
      "*.png": 12,
      "breeds.csv": rows(["file,breed", ...listed((n) => `${n}.png,${["a", "b", "c"][n % 3]}`)]),
      "species.csv": rows(["file,species", ...listed((n, label) => `${n}.png,${label}`)]),
    },
    layout: "label-list",
    list: "breeds.csv",
    label: "breed",
    classes: { a: 4, b: 4, c: 4 },
    others: ["label-list species"],
    isQuestion: true,
  },
  "two lists that say the same": {
    tree: {
      "*.png": 12,
      "labels.csv": rows(["file,label", ...listed((n, label) => `${n}.png,${label}`)]),
      "labels.tsv": rows(["file\tlabel", ...listed((n, label) => `${n}.png\t${label}`)]),
    },
    layout: "label-list",
    list: "labels.csv",
    label: "label",
    classes: six,
    others: ["label-list label"],
  },
};

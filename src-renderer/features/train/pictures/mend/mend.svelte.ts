/** Changes to the labels and splits of the chosen pictures, before they are saved as a version. Made by the dialog that shows it. */
import {
  type DatasetView,
  type FolderSource,
  type ListedPicture,
  picturesAtOnce,
  type SplitName,
} from "../../../../../src-main/contract/dataset.ts";
import type {
  AskedEdit,
  DatasetEdit,
  DatasetVersionView,
  NamedEdit,
} from "../../../../../src-main/contract/dataset-version.ts";
import { applyEdits, type LabelledPicture } from "../../../../../src-main/domain/versions/apply-edits.ts";
import { textOfNumbers } from "../../../../../src-main/domain/versions/picture-numbers.ts";
import type { Api } from "../../../../lib/engine/client.ts";
import { type ShownError, shownError } from "../../../../lib/engine/errors.ts";
import { createMakerContext } from "../../../../lib/maker-context.ts";

/** One fingerprint of a data set is in view, so that a picture's name says which it is. */
const anyBytes = "";

/** Pictures that a finding is about: named, or those of its classes; or a split to begin with. */
export interface MendFocus {
  readonly title: string;
  readonly names: readonly string[];
  readonly classes: readonly string[];
  readonly split: SplitName | null;
}

export class MendState {
  readonly #api: Api;
  /** Of the data set that was opened; in the order of their numbers. */
  #pictures = $state.raw<readonly LabelledPicture[]>([]);
  #datasetId = 0;
  #numbers: ReadonlyMap<string, number> = new Map();
  /** False until every picture is listed. */
  isLoaded = $state(false);
  edits = $state.raw<readonly NamedEdit[]>([]);
  /** Names. */
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** Null shows all. */
  className = $state.raw<string | null>(null);
  split = $state.raw<SplitName | null>(null);
  /** What the grid is held to, with the names of its pictures as they were opened; null shows all. */
  only = $state.raw<{ readonly title: string; readonly names: ReadonlySet<string> } | null>(null);
  note = $state("");
  isSaving = $state(false);
  error = $state.raw<ShownError | null>(null);
  #opening = 0;

  readonly #now = $derived(applyEdits(this.#pictures, this.edits.map(named)).pictures);
  readonly shown = $derived(
    this.#now.filter(
      ({ name, className, split }) =>
        (this.only === null || this.only.names.has(name)) &&
        (this.className === null || className === this.className) &&
        (this.split === null || split === this.split),
    ),
  );
  readonly classes = $derived([...new Set(this.#now.map(({ className }) => className))].sort());

  constructor(api: Api) {
    this.#api = api;
  }

  async open({ id, counts }: DatasetView, focus: MendFocus | null = null): Promise<void> {
    const opening = ++this.#opening;
    this.isLoaded = false;
    this.edits = [];
    this.selected = new Set();
    this.className = null;
    this.split = focus?.split ?? null;
    this.only = null;
    this.note = "";
    this.error = null;
    const all: ListedPicture[] = [];
    const count = counts.train + counts.validation + counts.test;
    try {
      for (let more = true; more && all.length < count; ) {
        const part = await this.#api.data.pictures.query({ datasetId: id, from: all.length });
        if (opening !== this.#opening) return;
        all.push(...part);
        more = part.length === picturesAtOnce;
      }
      this.#pictures = all.map((picture) => ({ ...picture, contentHash: anyBytes }));
      this.#datasetId = id;
      this.#numbers = new Map(all.map(({ name }, number) => [name, number]));
      this.only = focus && onlyOf(all, focus);
      this.isLoaded = true;
    } catch (thrown) {
      if (opening === this.#opening) this.error = shownError(thrown);
    }
  }

  /** The picture's number in the data set, for its address. */
  numberOf(name: string): number {
    return this.#numbers.get(name)!;
  }

  select(names: Iterable<string>): void {
    this.selected = new Set(names);
  }

  /** Of the selected pictures. Nothing for none, and for a change that changes none of them. */
  relabel(className: string): void {
    const name = className.trim();
    if (name !== "") this.#change((pictures) => ({ kind: "relabel", pictures, className: name }));
  }
  exclude(): void {
    this.#change((pictures) => ({ kind: "exclude", pictures }));
  }
  move(split: SplitName): void {
    this.#change((pictures) => ({ kind: "move", pictures, split }));
  }

  /** Renames a class, or merges it into one that is there. */
  changeClass(from: string, to: string): void {
    const name = to.trim();
    if (name === "" || name === from) return;
    const isThere = this.classes.includes(name);
    this.#add(isThere ? { kind: "merge-classes", from: [from], into: name } : { kind: "rename-class", from, to: name });
    if (this.className === from) this.className = name;
  }

  undo(): void {
    this.edits = this.edits.slice(0, -1);
    if (this.className !== null && !this.classes.includes(this.className)) this.className = null;
  }

  /** @returns the version; null where it could not be saved, and `error` says why */
  async save(from: FolderSource): Promise<DatasetVersionView | null> {
    this.isSaving = true;
    this.error = null;
    try {
      const edits = this.edits.map((edit) => this.#numbered(edit));
      return await this.#api.data.saveVersion.mutate({ from, edits, author: null, note: this.note });
    } catch (thrown) {
      this.error = shownError(thrown);
      return null;
    } finally {
      this.isSaving = false;
    }
  }

  /** Names of very many pictures would be more than a request may hold. */
  #numbered(edit: NamedEdit): AskedEdit {
    if (!("pictures" in edit)) return edit;
    const numbers = textOfNumbers(edit.pictures.map((name) => this.numberOf(name)));
    return { ...edit, pictures: { datasetId: this.#datasetId, numbers } };
  }
  #change(edit: (pictures: readonly string[]) => NamedEdit): void {
    const pictures = this.shown.flatMap(({ name }) => (this.selected.has(name) ? name : []));
    if (pictures.length > 0) this.#add(edit(pictures));
  }
  #add(edit: NamedEdit): void {
    this.edits = [...this.edits, edit];
    this.selected = new Set();
  }
}

function named(edit: NamedEdit): DatasetEdit {
  if (!("pictures" in edit)) return edit;
  return { ...edit, pictures: edit.pictures.map((name) => ({ name, contentHash: anyBytes })) };
}

export const [mendState, provideMend] = createMakerContext<MendState>();

/** Null where none of its pictures is among them, as of a class that is left out. */
function onlyOf(all: readonly ListedPicture[], { title, names, classes }: MendFocus): MendState["only"] {
  const isMeant = new Set(names.length > 0 ? names : classes);
  const meant = all.filter(({ name, className }) => isMeant.has(names.length > 0 ? name : className));
  return meant.length === 0 ? null : { title, names: new Set(meant.map(({ name }) => name)) };
}

/** One picture to show something on: one of the data set that is open, or a drawing. Made by the component that shows it. */
import { usualResize } from "../../../src-main/contract/resize.ts";
import { isolated } from "../../lib/names.ts";
import type { DatasetsState } from "./datasets.svelte.ts";
import { drawnSampleUrl } from "./drawn-sample.ts";
import { squareUrl } from "./picture-address.ts";
import { samplePictureTexts } from "./sample-picture-texts.ts";

const mostOffered = 12;
const drawn = "drawn";

export class SamplePicture {
  readonly #datasets: DatasetsState;
  /** Place among the pictures. */
  #chosen = $state("0");
  readonly #pictures = $derived.by(() => this.#datasets.chosen?.samples.slice(0, mostOffered) ?? []);
  readonly #picture = $derived(this.#chosen === drawn ? null : (this.#pictures[Number(this.#chosen)] ?? null));
  /** Whether there are pictures to choose from. */
  readonly hasPictures = $derived(this.#pictures.length > 0);
  readonly options = $derived([
    ...this.#pictures.map(({ className }, index) => ({ value: String(index), label: `${index + 1}, ${className}` })),
    { value: drawn, label: samplePictureTexts.drawn },
  ]);
  readonly value = $derived(this.#picture ? this.#chosen : drawn);
  /** What it is, in words. */
  readonly words = $derived(
    this.#picture ? samplePictureTexts.picture(isolated(this.#picture.className)) : samplePictureTexts.drawn,
  );

  constructor(datasets: DatasetsState) {
    this.#datasets = datasets;
  }

  choose(value: string): void {
    this.#chosen = value;
  }

  /** The address of it as a square. */
  url(pixels: number): string {
    const { chosen } = this.#datasets;
    return this.#picture && chosen ? squareUrl(chosen.id, this.#picture.example, pixels, usualResize) : drawnSampleUrl;
  }
}

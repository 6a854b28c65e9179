/** What each network of an experiment brings, found once before the start: its own preset, but for what is held equal, and the width that a budget asks for. */
import { type ModelChoice, type RunConfiguration, trainingSettings } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import type { ExperimentRequest, NetworkPresets } from "../../contract/experiment.ts";
import {
  hindersMinutes,
  networksOf,
  presetDifferences,
  presetSettings,
  variedBeside,
  wholesOf,
} from "../../domain/networks/network-presets.ts";
import { valueAt } from "../../domain/settings/setting.ts";
import { multiplyAddsAt, widthForMultiplyAdds } from "./multiply-adds.ts";
import { trainDefaults } from "./train-defaults.ts";

type Setup = Pick<RunConfiguration, "model" | "training">;
type BroughtValue = NetworkPresets["resolved"][number]["changes"][number]["value"];

/**
 * The request with what its networks bring, and with everything that is held equal. What was found before stays as it is, and so does a request that asks for no
 * presets.
 * @param classes of the pictures, which multiply-adds hang on
 * @throws StrataError `model.unknown`, `model.input-too-small`, `settings.invalid` for a budget beside what cannot be held or varied with it
 */
export function resolveNetworks(request: ExperimentRequest, classes: number): ExperimentRequest {
  const { networks, configuration: base } = request;
  if (networks === undefined) return request;
  const known = new Set(networks.resolved.map(({ model }) => model));
  const missing = networksOf(request).filter((model) => !known.has(model));
  if (missing.length === 0) return request;
  const varied = variedBeside(request);
  // What is held was found with the first of them; the presets may be others since.
  const held = known.size > 0 ? networks.held : heldIn(base, networks, varied);
  const multiplyAdds = networks.multiplyAdds === "base" ? multiplyAddsAt(base.model, classes) : networks.multiplyAdds;
  if (multiplyAdds !== null && [...held, ...varied].includes("width"))
    throw new StrataError("settings.invalid", {
      setting: "width",
      problem: "the number of multiply-adds chooses it, and it cannot be held equal or varied as well",
    });
  const hindrance = networks.minutes === null ? undefined : hindersMinutes(request, held);
  if (hindrance !== undefined)
    throw new StrataError("settings.invalid", {
      setting: hindrance,
      problem: "a number of minutes finds each network's epochs, and it cannot be held equal or varied as well",
    });
  const isSizeVaried = varied.includes("inputPixels") || varied.includes("width");
  const brought = presetSettings().filter(({ id }) => !held.includes(id) && !varied.includes(id));
  const resolved = missing.map((id) => {
    const own = ownSetup(id, networks.preset, sizeHeld(base, held));
    const model = multiplyAdds === null ? own.model : widthForMultiplyAdds(own.model, classes, multiplyAdds);
    return {
      model: id,
      changes: brought.map(({ id: setting, path }) => ({
        setting,
        // A preset is JSON, and has every setting that presets have.
        value: valueAt({ ...own, model }, path) as BroughtValue,
      })),
      multiplyAdds: isSizeVaried ? null : multiplyAddsAt(model, classes),
      secondsPerEpoch: null,
    };
  });
  return { ...request, networks: { ...networks, held, multiplyAdds, resolved: [...networks.resolved, ...resolved] } };
}

/**
 * What was asked to be held equal, and what the base has otherwise than its own network's preset, which a person meant. A width gives way to a budget of
 * multiply-adds, and epochs to one of minutes.
 */
function heldIn(base: RunConfiguration, { preset, ...asked }: NetworkPresets, varied: readonly string[]): string[] {
  const held = new Set(wholesOf(asked.held));
  if (ownSetup(base.model.id, preset, {}).model.inputPixels !== base.model.inputPixels) held.add("inputPixels");
  const own = ownSetup(base.model.id, preset, sizeHeld(base, [...held]));
  const found = [asked.multiplyAdds === null ? "" : "width", asked.minutes === null ? "" : "epochs"];
  for (const id of presetDifferences(base, own)) if (!found.includes(id)) held.add(id);
  return presetSettings().flatMap(({ id }) => (held.has(id) && !varied.includes(id) ? [id] : []));
}

function sizeHeld({ model }: Setup, held: readonly string[]): Partial<ModelChoice> {
  return {
    ...(held.includes("inputPixels") && { inputPixels: model.inputPixels }),
    ...(held.includes("width") && { width: model.width }),
  };
}

/** The network's preset of this id; where its input is held, what a person who names that input trains with. */
function ownSetup(id: string, preset: NetworkPresets["preset"], size: Partial<ModelChoice>): Setup {
  const { model, training } = trainDefaults({ ...size, id, preset });
  return { model, training: trainingSettings.parse(training) };
}

/**
 * Version 13: what made a run, as data: a JSON list of its parts, each from the step on at which another program or machine went on with it. Of runs before it,
 * what their sentence says of the device is taken apart; nobody recorded the rest, which is null. It names threads only where they were fewer than cores.
 */
export const sql = `
  ALTER TABLE runs ADD COLUMN made_by TEXT;

  -- From now on nothing reads or writes device: "CPU, 2 × Some processor, 1 thread · compiled step", or "GPU · step by single operations: why".
  WITH
    halves AS (
      SELECT id, device,
        CASE instr(device, ' · ') WHEN 0 THEN device ELSE substr(device, 1, instr(device, ' · ') - 1) END AS machine,
        CASE instr(device, ' · ') WHEN 0 THEN '' ELSE substr(device, instr(device, ' · ') + 3) END AS way
      FROM runs WHERE device IS NOT NULL
    ),
    counted AS (
      SELECT *, rtrim(rtrim(machine, 'threads'), ' ') AS up_to_count,
        (machine GLOB 'CPU, [0-9]* × *, [0-9]* thread' OR machine GLOB 'CPU, [0-9]* × *, [0-9]* threads') AS has_threads
      FROM halves
    ),
    split AS (
      SELECT *,
        CASE WHEN has_threads THEN rtrim(rtrim(up_to_count, '0123456789'), ', ') ELSE machine END AS hardware,
        CASE WHEN has_threads THEN CAST(substr(up_to_count, length(rtrim(up_to_count, '0123456789')) + 1) AS INTEGER) END AS threads,
        machine GLOB 'CPU, [0-9]* × *' AS has_processor
      FROM counted
    )
  UPDATE runs SET made_by = json_array(json_object(
      'fromStep', 0, 'version', NULL, 'commit', NULL, 'tensorflow', NULL,
      'device', CASE WHEN has_processor THEN 'CPU' ELSE machine END,
      'isCompiled', CASE WHEN way = 'compiled step' THEN json('true') WHEN way LIKE 'step by single operations: %' THEN json('false') END,
      'refusal', CASE WHEN way LIKE 'step by single operations: %' THEN substr(way, 28) END,
      'precision', NULL, 'threads', threads,
      'cores', CASE WHEN has_processor THEN CAST(substr(hardware, 6) AS INTEGER) END,
      'processor', CASE WHEN has_processor THEN nullif(substr(hardware, instr(hardware, ' × ') + 3), 'core') END,
      'processorFeatures', NULL, 'platform', NULL, 'architecture', NULL))
    FROM split WHERE split.id = runs.id;
`;

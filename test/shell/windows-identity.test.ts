import { expect, test, vi } from "vitest";
import { takeWindowsIdentity, type WindowsShell, windowsIdentity } from "../../src-main/shell/windows-identity.ts";

const program = "C:\\Users\\Ada\\AppData\\Local\\Programs\\Strata\\Strata.exe";

function shellWith(readEntry: WindowsShell["readEntry"]) {
  return { program, roaming: "C:\\Users\\Ada\\AppData\\Roaming", identify: vi.fn(), readEntry, writeEntry: vi.fn() };
}

test("the Start menu's entry of this program gets its identity once, and keeps what it had", () => {
  const entry = { target: program.toLowerCase(), description: "A bench" };
  const first = shellWith(() => entry);
  takeWindowsIdentity(first);
  expect(first.identify).toHaveBeenCalledWith(windowsIdentity);
  expect(first.writeEntry.mock.calls.map(([, written]) => written)).toEqual([
    { ...entry, appUserModelId: windowsIdentity },
  ]);
  const second = shellWith(() => ({ ...entry, appUserModelId: windowsIdentity }));
  takeWindowsIdentity(second);
  expect(second.writeEntry).not.toHaveBeenCalled();
});

test("an entry of another installation stays as it is, and where there is none the app starts all the same", () => {
  const other = shellWith(() => ({ target: "D:\\Strata\\Strata.exe" }));
  takeWindowsIdentity(other);
  expect(other.writeEntry).not.toHaveBeenCalled();
  const none = shellWith(() => {
    throw new Error("there is none");
  });
  expect(() => takeWindowsIdentity(none)).not.toThrow();
  expect(none.identify).toHaveBeenCalled();
});

/**
 * A Windows library without code, whose one name leads to another library's (https://learn.microsoft.com/windows/win32/debug/pe-format, forwarder): headers, and one
 * section with the table of names.
 */
const headerBytes = 0x200;
const address = 0x1000;
const optionalBytes = 240;

/** @param to library and name, as in `advapi32.SystemFunction036` */
export function forwardingLibrary(name: string, to: string): Buffer {
  const table = exportTable(name, to);
  const file = Buffer.alloc(2 * headerBytes);
  file.write("MZ", 0, "latin1");
  file.writeUInt32LE(0x40, 0x3c);
  file.write("PE\0\0", 0x40, "latin1");
  file.writeUInt16LE(0x8664, 0x44); // a 64-bit PC
  file.writeUInt16LE(1, 0x46); // sections
  file.writeUInt16LE(optionalBytes, 0x54);
  file.writeUInt16LE(0x2022, 0x56); // a library, beyond 2 GB
  const optional = 0x58;
  file.writeUInt16LE(0x20b, optional);
  file.writeBigUInt64LE(0x180000000n, optional + 24); // where it wants to lie
  file.writeUInt32LE(address, optional + 32); // sections begin at multiples of this, in memory
  file.writeUInt32LE(headerBytes, optional + 36); // and of this in the file
  file.writeUInt16LE(6, optional + 40); // Windows Vista or newer
  file.writeUInt16LE(6, optional + 48);
  file.writeUInt32LE(2 * address, optional + 56); // bytes in memory
  file.writeUInt32LE(headerBytes, optional + 60);
  file.writeUInt16LE(3, optional + 68); // a console's
  file.writeUInt32LE(16, optional + 108); // tables
  file.writeUInt32LE(address, optional + 112);
  file.writeUInt32LE(table.length, optional + 116);
  const section = optional + optionalBytes;
  file.write(".edata", section, "latin1");
  file.writeUInt32LE(table.length, section + 8);
  file.writeUInt32LE(address, section + 12);
  file.writeUInt32LE(headerBytes, section + 16);
  file.writeUInt32LE(headerBytes, section + 20);
  file.writeUInt32LE(0x40000040, section + 36); // data, to be read
  table.copy(file, headerBytes);
  return file;
}

function exportTable(name: string, to: string): Buffer {
  const [addresses, names, numbers, texts] = [40, 44, 48, 50];
  const table = Buffer.alloc(texts + name.length + to.length + 2);
  table.writeUInt32LE(1, 16); // the first number
  table.writeUInt32LE(1, 20);
  table.writeUInt32LE(1, 24);
  table.writeUInt32LE(address + addresses, 28);
  table.writeUInt32LE(address + names, 32);
  table.writeUInt32LE(address + numbers, 36);
  table.writeUInt32LE(address + texts, names);
  // An address inside the table is that of a forwarder's text.
  table.writeUInt32LE(address + texts + name.length + 1, addresses);
  table.write(`${name}\0${to}\0`, texts, "latin1");
  return table;
}

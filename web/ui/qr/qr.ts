/**
 * QR codes after ISO/IEC 18004, byte mode, error correction level L, versions 1 to 13 (425 bytes): enough for an address.
 * Returns rows of dark (true) and light cells.
 */
export function qrMatrix(text: string): boolean[][] {
  const data = [...new TextEncoder().encode(text)];
  const version = versions.findIndex(({ blocks }, i) => data.length + (i < 9 ? 2 : 3) <= capacity(blocks)) + 1;
  if (version === 0) throw new Error('text too long for a QR code');
  const grid = newGrid(version);
  drawBytes(grid, codewords(data, version));
  const masked = masks.map((mask) => applyMask(grid, mask));
  const scored = masked.map((cells, i) => {
    drawFormat(cells, grid.size, i);
    return { cells, penalty: penaltyOf(cells) };
  });
  return (scored.toSorted((a, b) => a.penalty - b.penalty)[0] ?? { cells: [] }).cells;
}

interface Version {
  /** Error correction bytes per block. */
  perBlock: number;
  /** Number of blocks and data bytes in each. */
  blocks: readonly (readonly [count: number, data: number])[];
  align: readonly number[];
}
const v = (perBlock: number, blocks: Version['blocks'], align: readonly number[]): Version => ({ perBlock, blocks, align });

/** Level L of table 9 and positions of table E.1. */
const versions: readonly Version[] = [
  v(7, [[1, 19]], []),
  v(10, [[1, 34]], [6, 18]),
  v(15, [[1, 55]], [6, 22]),
  v(20, [[1, 80]], [6, 26]),
  v(26, [[1, 108]], [6, 30]),
  v(18, [[2, 68]], [6, 34]),
  v(20, [[2, 78]], [6, 22, 38]),
  v(24, [[2, 97]], [6, 24, 42]),
  v(30, [[2, 116]], [6, 26, 46]),
  v(
    18,
    [
      [2, 68],
      [2, 69],
    ],
    [6, 28, 50],
  ),
  v(20, [[4, 81]], [6, 30, 54]),
  v(
    24,
    [
      [2, 92],
      [2, 93],
    ],
    [6, 32, 58],
  ),
  v(26, [[4, 107]], [6, 34, 62]),
];

const capacity = (blocks: Version['blocks']): number => blocks.reduce((sum, [count, data]) => sum + count * data, 0);

function codewords(data: number[], version: number): number[] {
  const { blocks, perBlock } = versions[version - 1] as Version;
  const total = capacity(blocks);
  const bits: number[] = [];
  const push = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  push(4, 4);
  push(data.length, version < 10 ? 8 : 16);
  for (const byte of data) push(byte, 8);
  push(0, Math.min(4, total * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const bytes = Array.from({ length: bits.length / 8 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2));
  for (let pad = 0; bytes.length < total; pad++) bytes.push(pad % 2 ? 0x11 : 0xec);
  const parts: { data: number[]; check: number[] }[] = [];
  let at = 0;
  for (const [count, length] of blocks)
    for (let i = 0; i < count; i++) {
      const part = bytes.slice(at, at + length);
      at += length;
      parts.push({ data: part, check: checkBytes(part, perBlock) });
    }
  const longest = Math.max(...parts.map((part) => part.data.length));
  const columns = (length: number, of: (part: (typeof parts)[number]) => number[]): number[] =>
    Array.from({ length }, (_, i) => parts.map((part) => of(part)[i]).filter((byte) => byte !== undefined)).flat();
  return [...columns(longest, (part) => part.data), ...columns(perBlock, (part) => part.check)];
}

/** Reed-Solomon over GF(256) with polynomial 0x11d. */
function checkBytes(data: readonly number[], count: number): number[] {
  let divisor = [1];
  for (let i = 0, root = 1; i < count; i++, root = times(root, 2)) {
    const next = [...divisor, 0];
    for (let j = 0; j < divisor.length; j++) next[j + 1] = (next[j + 1] ?? 0) ^ times(divisor[j] ?? 0, root);
    divisor = next;
  }
  const rest = Array.from({ length: count }, () => 0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    for (let i = 0; i < count; i++) rest[i] = (rest[i] ?? 0) ^ times(divisor[i + 1] ?? 0, factor);
  }
  return rest;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> i) & 1) * a;
  }
  return product & 0xff;
}

interface Grid {
  size: number;
  cells: boolean[][];
  /** Cells that belong to the pattern and carry no data. */
  fixed: boolean[][];
}

function newGrid(version: number): Grid {
  const size = version * 4 + 17;
  const blank = (): boolean[][] => Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const grid = { size, cells: blank(), fixed: blank() };
  const set = (x: number, y: number, dark: boolean): void => {
    const row = grid.cells[y];
    if (!row || x < 0 || x >= size) return;
    row[x] = dark;
    (grid.fixed[y] as boolean[])[x] = true;
  };
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
      }
  const { align } = versions[version - 1] as Version;
  const last = align.length - 1;
  for (const [i, cx] of align.entries())
    for (const [j, cy] of align.entries()) {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) continue;
      for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  for (const [x, y] of formatCells(size)) set(x, y, false);
  set(8, size - 8, true);
  if (version >= 7) {
    let rest = version;
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let i = 0; i < 18; i++) {
      const a = size - 11 + (i % 3);
      const b = Math.floor(i / 3);
      set(a, b, ((bits >> i) & 1) === 1);
      set(b, a, ((bits >> i) & 1) === 1);
    }
  }
  return grid;
}

/** Both copies of the format bits, least significant first. */
function formatCells(size: number): [number, number][] {
  const cells: [number, number][] = [];
  for (let i = 0; i <= 5; i++) cells.push([8, i]);
  cells.push([8, 7], [8, 8], [7, 8]);
  for (let i = 9; i < 15; i++) cells.push([14 - i, 8]);
  for (let i = 0; i < 8; i++) cells.push([size - 1 - i, 8]);
  for (let i = 8; i < 15; i++) cells.push([8, size - 15 + i]);
  return cells;
}

function drawFormat(cells: boolean[][], size: number, mask: number): void {
  const data = (1 << 3) | mask;
  let rest = data;
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  for (const [i, [x, y]] of formatCells(size).entries()) (cells[y] as boolean[])[x] = ((bits >> (i % 15)) & 1) === 1;
}

function drawBytes(grid: Grid, bytes: readonly number[]): void {
  let bit = 0;
  for (let right = grid.size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < grid.size; step++)
      for (let j = 0; j < 2; j++) {
        const x = right - j;
        const isUp = ((right + 1) & 2) === 0;
        const y = isUp ? grid.size - 1 - step : step;
        if (grid.fixed[y]?.[x]) continue;
        (grid.cells[y] as boolean[])[x] = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        bit++;
      }
  }
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const applyMask = (grid: Grid, mask: (x: number, y: number) => boolean): boolean[][] =>
  grid.cells.map((row, y) => row.map((dark, x) => (grid.fixed[y]?.[x] ? dark : dark !== mask(x, y))));

/** How hard a pattern is to read: long runs, 2×2 blocks and imbalance. */
function penaltyOf(cells: boolean[][]): number {
  let penalty = 0;
  let dark = 0;
  const size = cells.length;
  for (let y = 0; y < size; y++) {
    for (const line of [cells[y] ?? [], cells.map((row) => row[y] ?? false)]) {
      let run = 1;
      for (let x = 1; x <= size; x++) {
        if (x < size && line[x] === line[x - 1]) run++;
        else {
          if (run >= 5) penalty += run - 2;
          run = 1;
        }
      }
    }
    for (let x = 0; x < size; x++) {
      const cell = cells[y]?.[x];
      if (cell) dark++;
      if (x > 0 && y > 0 && cell === cells[y]?.[x - 1] && cell === cells[y - 1]?.[x] && cell === cells[y - 1]?.[x - 1]) penalty += 3;
    }
  }
  return penalty + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}

/**
 * Holds the code to its layers: a file may import from its own layer and from what the table
 * names, nothing else, and up to `scene` it may touch nothing that would make a run irreproducible.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

interface Layer {
  /** Other layers, and packages, that may be imported; a package covers its subpaths. */
  readonly imports: readonly string[];
  /** What may be imported as types alone. Types of xstate may be imported everywhere. */
  readonly types?: readonly string[];
  /** What may be imported only by `import()`. */
  readonly lazy?: readonly string[];
}

const parser = 'node-sql-parser';
const model = ['protocol', 'baseline', 'database', 'engine'];
const belowRender = ['scene', 'history', 'stories', 'scenario', 'checker', ...model];

const layers: Readonly<Record<string, Layer>> = {
  engine: { imports: ['xstate'] },
  database: { imports: ['engine'] },
  protocol: { imports: ['database', 'engine', 'xstate'] },
  baseline: { imports: ['database', 'engine', 'xstate'] },
  checker: { imports: model },
  // Nothing that runs a run can wait for the parser, so no old run can depend on its version.
  scenario: { imports: [...model, 'valibot', 'fflate'], lazy: [parser] },
  stories: { imports: ['scenario', 'protocol', 'engine'], types: ['database'] },
  history: { imports: ['protocol', 'database'], types: ['baseline', 'engine'] },
  scene: { imports: ['d3'], types: ['scenario', 'history', 'protocol', 'baseline'] },
  render: { imports: ['d3'], types: ['scene'] },
  store: { imports: [...belowRender, 'zustand/vanilla', 'xstate', 'valibot'] },
  ui: {
    imports: [
      ...['store', 'render', ...belowRender],
      ...['react', 'react-dom', 'radix-ui', 'cmdk', 'lucide-react', 'react-error-boundary'],
      ...['zustand', 'd3', 'fflate'],
    ],
  },
  transcript: { imports: ['store', 'render', ...belowRender] },
  cli: { imports: ['stories', 'scenario', 'checker', ...model, 'node:'] },
  // Lives in a thread of its own, and has to be one file.
  'sw.ts': { imports: [] },
  'main.ts': { imports: ['ui', '@fontsource-variable'] },
};

/** The oracle recomputes what the protocol claims, so it may share no code with it. */
const oracle: Layer = { imports: [], types: model };

const dom = [
  ...['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'globalThis'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'requestAnimationFrame'],
];
const clock = [
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  'requestIdleCallback',
];
const chance = ['Math.random', 'crypto'];
/** What may differ in the last bit from one browser to the next. */
const inexact = [
  ...['log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'pow', 'sqrt', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh'],
].map((name) => `Math.${name}`);

const deterministic = [...model, 'history', 'checker', 'scenario', 'stories'];
const pure = [...dom, ...clock, ...chance];

function bannedIn(layer: string): readonly string[] {
  if (deterministic.includes(layer)) return [...pure, ...inexact, '**'];
  return layer === 'scene' ? pure : [];
}

type Node = { readonly type: string; readonly [key: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
  readonly lazy?: boolean;
}

const textOf = (literal: unknown): string => {
  const value = isNode(literal) ? literal['value'] : undefined;
  return typeof value === 'string' ? value : '(computed)';
};

function importOf(node: Node): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
      return { from: textOf(node['source']), typeOnly: node['importKind'] === 'type' };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (!node['source']) return;
      return { from: textOf(node['source']), typeOnly: node['exportKind'] === 'type' };
    case 'TSImportType':
      return { from: textOf(node['source']), typeOnly: true };
    case 'ImportExpression':
      return { from: textOf(node['source']), typeOnly: false, lazy: true };
    default:
      return;
  }
}

const nameOf = (node: unknown): string =>
  isNode(node) && node.type === 'Identifier' ? String(node['name']) : '';
const isWhole = (node: unknown): boolean =>
  isNode(node) && node.type === 'Literal' && Number.isInteger(node['value']);

/** The ambient names, and the operator, that a node uses. */
function usesOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'Identifier':
      return [nameOf(node)];
    case 'MemberExpression': {
      const member = node['computed'] ? textOf(node['property']) : nameOf(node['property']);
      return [`${nameOf(node['object'])}.${member}`];
    }
    case 'VariableDeclarator':
      // `const { random } = Math` reaches the same functions.
      return nameOf(node['init']) === 'Math' ? namesIn(node['id']).map((n) => `Math.${n}`) : [];
    case 'BinaryExpression':
    case 'AssignmentExpression': {
      if (node['operator'] !== '**' && node['operator'] !== '**=') return [];
      return isWhole(node['left']) && isWhole(node['right']) ? [] : ['**'];
    }
    default:
      return [];
  }
}

function namesIn(pattern: unknown): readonly string[] {
  const properties = isNode(pattern) ? pattern['properties'] : undefined;
  return Array.isArray(properties) ? properties.map((p: Node) => nameOf(p['key'])) : [];
}

/** A name after a dot or before a colon is a member's, not the ambient one. */
function isMemberName(parent: Node, key: string): boolean {
  if (parent['computed']) return false;
  if (parent.type === 'MemberExpression') return key === 'property';
  return key === 'key' && !parent['shorthand'];
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const [key, child] of Object.entries(node)) {
    if (isMemberName(node, key)) continue;
    for (const each of Array.isArray(child) ? child : [child]) {
      if (isNode(each)) yield* nodesOf(each);
    }
  }
}

/** The layer an import leads to, or the package's own name. */
function targetOf(path: string, from: string): string {
  if (!from.startsWith('.')) return from;
  const [top = ''] = posix.join(posix.dirname(path), from).split('/');
  return top;
}

const covers = (target: string) => (allowed: string) =>
  allowed.endsWith(':')
    ? target.startsWith(allowed)
    : target === allowed || target.startsWith(`${allowed}/`);

function mayImport(layer: Layer, target: string, { typeOnly, lazy }: Import): boolean {
  const types = typeOnly ? [...(layer.types ?? []), 'xstate'] : [];
  const late = lazy ? (layer.lazy ?? []) : [];
  return [...layer.imports, ...types, ...late].some(covers(target));
}

/** The parts of d3 that touch the document, the clock or chance. */
const impureD3 = new RegExp(
  `^(${[
    'select|creat|matcher|pointer|style|window|zoom|drag|brush|transition|active|interrupt|axis',
    'time|utc|interval|now|scaleTime|scaleUtc|random|shuffle',
    'json|csv|tsv|dsv|text|xml|html|svg|image|blob|buffer',
  ].join('|')})`,
);

function impureOf(node: Node): readonly string[] {
  const specifiers = Array.isArray(node['specifiers']) ? (node['specifiers'] as Node[]) : [];
  return specifiers
    .map(({ imported }) => nameOf(imported) || '*')
    .filter((imported) => imported === '*' || impureD3.test(imported))
    .map((imported) => `scene may not import ${imported} of d3`);
}

const isTest = (path: string): boolean => /\.(test|testkit)\.tsx?$/.test(path);

function importOffences(path: string, name: string, layer: Layer, node: Node): readonly string[] {
  const found = importOf(node);
  if (!found) return [];
  const { from } = found;
  if (isTest(from)) return [`imports test code, '${from}'`];
  const target = targetOf(path, from);
  const allowed = target === name || mayImport(layer, target, found);
  const how = found.typeOnly ? 'types of ' : '';
  return [
    ...(allowed ? [] : [`${name} may not import ${how}'${from}'`]),
    ...(name === 'scene' && target === 'd3' ? impureOf(node) : []),
  ];
}

/** Every offence of one file against the layering, in words. Paths are relative to `src`. */
function offences(path: string, source: string): readonly string[] {
  if (isTest(path) || path.endsWith('.d.ts')) return [];
  const [name = ''] = path.split('/');
  const layer = name === 'checker' && path.includes('oracle') ? oracle : layers[name];
  if (!layer) return [`src/${path}: "${name}" is not a layer this test knows`];
  const banned = bannedIn(name);
  const { program, errors } = parseSync(path, source);
  const found = errors.map(({ message }) => `cannot be parsed: ${message}`);
  for (const node of nodesOf(program as unknown as Node)) {
    const used = usesOf(node).filter((use) => banned.includes(use));
    found.push(...importOffences(path, name, layer, node));
    found.push(...used.map((use) => `${name} may not use ${use}`));
  }
  return [...new Set(found)].map((offence) => `src/${path}: ${offence}`);
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path));

describe('the code', () => {
  it.each(files)('src/%s keeps to its layer', (path) => {
    expect(offences(path, readFileSync(`src/${path}`, 'utf8'))).toEqual([]);
  });
  it('has no folder in src that is not a layer', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((e) => e.isDirectory());
    expect(folders.map((folder) => folder.name).filter((name) => !(name in layers))).toEqual([]);
  });
});

describe('this test', () => {
  it.each([
    ['engine/a.ts', "import { b } from '../protocol/b.ts';"],
    ['engine/a.ts', "import type { B } from '../protocol/b.ts';"],
    ['engine/a.ts', "const b = await import('../protocol/b.ts');"],
    ['engine/a.ts', 'const b = await import(somewhere);'],
    ['engine/a.ts', "type B = import('../protocol/b.ts').B;"],
    ['engine/a.ts', "export * from '../protocol/b.ts';"],
    ['engine/a.ts', "export { b } from '../protocol/b.ts';"],
    ['engine/deep/a.ts', "import { b } from '../../ui/b.ts';"],
    ['engine/a.ts', "import '../ui/base.css';"],
    ['engine/a.ts', "import { readFileSync } from 'node:fs';"],
    ['engine/a.ts', "import { b } from './b.testkit.ts';"],
    ['database/a.ts', "import { setup } from 'xstate';"],
    ['protocol/a.ts', "import { b } from '../scenario/b.ts';"],
    ['stories/a.ts', "import { b } from '../checker/b.ts';"],
    ['checker/oracle.ts', "import { b } from '../protocol/b.ts';"],
    ['checker/oracle/a.ts', "import { b } from '../../engine/b.ts';"],
    ['scene/a.ts', "import { b } from '../scenario/b.ts';"],
    ['scene/a.ts', "import { type B } from '../scenario/b.ts';"],
    ['scene/a.ts', "import type { B } from '../engine/b.ts';"],
    ['render/a.ts', "import { b } from '../scene/b.ts';"],
    ['store/a.ts', "import type { B } from '../render/b.ts';"],
    ['store/a.ts', "import { create } from 'zustand';"],
    ['ui/a.tsx', "import { setup } from 'xstate';"],
    ['ui/a.tsx', "import { b } from '../cli/b.ts';"],
    ['cli/a.ts', "import { b } from '../store/b.ts';"],
    ['elsewhere/a.ts', ''],
    ['stray.ts', ''],
    ['engine/a.ts', 'const a = Math.random();'],
    ['engine/a.ts', "const a = Math['random']();"],
    ['engine/a.ts', 'const { random } = Math;'],
    ['engine/a.ts', 'const a = Math.log(2);'],
    ['engine/a.ts', 'const a = b ** 0.5;'],
    ['protocol/a.ts', 'const a = new Date();'],
    ['protocol/a.ts', 'const a = { performance };'],
    ['baseline/a.ts', 'setTimeout(() => {}, 1);'],
    ['database/a.ts', 'globalThis.fetch("a");'],
    ['checker/a.ts', 'const a = performance.now();'],
    ['scenario/a.ts', 'const a = window.location.hash;'],
    ['stories/a.ts', 'document.title = "a";'],
    ['scene/a.ts', 'requestAnimationFrame(() => {});'],
    ['scene/a.ts', 'const a = Math.random();'],
    ['scene/a.ts', "import { line, select } from 'd3';"],
    ['scene/a.ts', "import * as d3 from 'd3';"],
    ['scene/a.ts', "import { randomUniform } from 'd3';"],
    ['scenario/a.ts', "import { Parser } from 'node-sql-parser';"],
    ['scene/a.ts', 'const a = (('],
  ])('sees an offence in %s: %s', (path, source) => {
    expect(offences(path, source)).toHaveLength(1);
  });

  it.each([
    ['engine/a.ts', "import { setup } from 'xstate'; import { b } from './b.ts';"],
    ['engine/a.ts', 'const a = { window: 1, document: 2 }; b.performance = Math.floor(2 ** 32);'],
    ['engine/a.ts', '// Math.random\nconst a = "new Date()";'],
    ['engine/a.test.ts', "import { b } from '../protocol/b.ts';"],
    ['database/a.ts', "import type { AnyStateMachine } from 'xstate';"],
    ['scenario/a.ts', "const { Parser } = await import('node-sql-parser/build/mysql.js');"],
    ['scene/a.ts', "import { interpolateNumber, line, quadtree, scaleLinear } from 'd3';"],
    ['checker/a.ts', "import { b } from '../protocol/b.ts';"],
    ['checker/oracle.ts', "import type { B } from '../protocol/b.ts';"],
    ['scene/a.ts', "import type { B } from '../scenario/b.ts'; const c = Math.sin(1) ** 2;"],
    ['render/a.ts', "import { zoom } from 'd3'; document.title = 'a';"],
    ['store/a.ts', "import { createStore } from 'zustand/vanilla';"],
    ['ui/a.tsx', "import { createRoot } from 'react-dom/client'; import './a.css';"],
    ['cli/a.ts', "import { readFileSync } from 'node:fs'; import { b } from '../stories/b.ts';"],
  ])('lets %s be: %s', (path, source) => {
    expect(offences(path, source)).toEqual([]);
  });
});

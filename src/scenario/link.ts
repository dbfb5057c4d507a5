import { bad, good, type Result } from '../engine/result.ts';
import type { Position } from '../engine/time.ts';
import { CUT, DAMAGED, MOST_CHARACTERS, pack, TOO_LARGE, unpack } from './pack.ts';
import { fromPayload, toPayload } from './payload.ts';
import { parsePosition, printPosition } from './position.ts';
import { DEFAULT_RUN } from './presets.ts';
import { ENGINE_VERSION, type Run } from './run.ts';
import { LINK, upgraded } from './versions.ts';

/** Small settings of the page that a link may carry; what they mean is the page's business. */
export type LinkUi = Readonly<Record<string, string | number | boolean | null>>;

/** Everything a link says. */
export interface Link {
  readonly run: Run;
  /** The moment it opens at; null for the beginning. */
  readonly at: Position | null;
  readonly play: boolean;
  /** What the sender calls it, as plain text; '' for nothing. */
  readonly title: string;
  readonly ui: LinkUi;
}

/** A link as opened here. */
export interface OpenedLink {
  readonly link: Link;
  /** What could not be taken as it was, one sentence each. */
  readonly adjusted: readonly string[];
  /** The engine it was made with: an older one may have shown another moment. */
  readonly madeWith: number;
}

/** What opens when a link says nothing. */
export const DEFAULT_LINK: Link = { run: DEFAULT_RUN, at: null, play: false, title: '', ui: {} };

/** The fragment of a link, with its "#". */
export function encodeLink(link: Link): string {
  const moment = link.at === null ? '' : `&t=${printPosition(link.at)}`;
  return `#v${LINK.version}.${pack(JSON.stringify(toPayload(link)))}${moment}${link.play ? '&play=1' : ''}`;
}

/** Reads a fragment, with or without its "#", or a whole address. Nothing in it is trusted. */
export function decodeLink(address: string): Result<OpenedLink> {
  const fragment = address.slice(address.indexOf('#') + 1);
  if (fragment === '') {
    return good({ link: DEFAULT_LINK, adjusted: [], madeWith: ENGINE_VERSION });
  }
  if (fragment.length > MOST_CHARACTERS) return bad(TOO_LARGE);
  const [body = '', ...parameters] = fragment.split('&');
  const payload = payloadOf(body);
  if (!payload.ok) return payload;
  const opened = fromPayload(payload.value);
  if (!opened.ok) return opened;
  const place = placeOf(parameters);
  const { run, title, ui, adjusted, madeWith } = opened.value;
  return good({
    link: { run, title, ui, at: place.at, play: place.play },
    adjusted: [...adjusted, ...place.adjusted],
    madeWith,
  });
}

/** A sentence for a link that another engine made; null when it was this one. */
export function engineNotice(madeWith: number): string | null {
  if (madeWith === ENGINE_VERSION) return null;
  return `Made with engine ${madeWith}, this is ${ENGINE_VERSION}: the moment may differ.`;
}

/** Whether a link was made by a version of this that is yet to come here. */
export function isFromNewer(address: string): boolean {
  const fragment = address.slice(address.indexOf('#') + 1);
  return Number(/^v(\d{1,6})\./.exec(fragment)?.[1] ?? 0) > LINK.version;
}

/** How a link's length is judged: some programs cut long ones. */
export function linkMeter(link: string): { readonly characters: number; readonly says: string } {
  const characters = link.length;
  if (characters <= 2_000) return { characters, says: 'Fits anywhere.' };
  if (characters <= 8_000) return { characters, says: 'May be cut by chat apps.' };
  return { characters, says: 'Use a file.' };
}

/** The payload of "v1.d.abc", brought up to the present version. */
function payloadOf(body: string): Result<unknown> {
  const [, version, codec = '', characters = ''] =
    /^v(\d{1,6})\.([a-z])\.([\w-]*)$/.exec(body) ?? [];
  if (version === undefined) return bad(problemOfShape(body));
  const current = upgraded(LINK, Number(version), null);
  if (!current.ok) return current;
  const text = unpack(codec, characters);
  if (!text.ok) return text;
  const value = parsed(text.value);
  return value.ok ? upgraded(LINK, Number(version), value.value) : value;
}

/** A link that ends within its first words has been cut; anything else there is damage. */
function problemOfShape(body: string): string {
  const version = /^v(\d{1,6})\./.exec(body)?.[1];
  const known = version === undefined ? null : upgraded(LINK, Number(version), null);
  if (known !== null && !known.ok) return known.problem;
  return /^v(\d{1,6}(\.[a-z]?)?)?$/.test(body) ? CUT : DAMAGED;
}

function parsed(text: string): Result<unknown> {
  try {
    return good(JSON.parse(text));
  } catch {
    return bad(text.trimEnd().endsWith('}') ? DAMAGED : CUT);
  }
}

interface Place {
  readonly at: Position | null;
  readonly play: boolean;
  readonly adjusted: readonly string[];
}

/** Where the link opens. A parameter that it does not know is somebody else's, and left alone. */
function placeOf(parameters: readonly string[]): Place {
  const pairs = new Map(parameters.map((pair) => [pair.split('=')[0], pair] as const));
  const parameterOf = (name: string): string | undefined => pairs.get(name)?.slice(name.length + 1);
  const t = parameterOf('t');
  const play = parameterOf('play') === '1';
  if (t === undefined) return { at: null, play, adjusted: [] };
  const at = parsePosition(unescaped(t));
  if (at.ok) return { at: at.value, play, adjusted: [] };
  return { at: null, play, adjusted: [`${at.problem} It opens at the beginning.`] };
}

/** An address may arrive with its µ escaped. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

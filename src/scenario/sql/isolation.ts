import type { IsolationLevel, Statement } from '../../database/statement.ts';
import { isNode, type Node, nodesIn, textIn, unsupported } from './ast.ts';

const HINT = 'use SET SESSION TRANSACTION ISOLATION LEVEL with REPEATABLE READ or READ COMMITTED';

/** SET TRANSACTION … at the start of a statement, up to its end. */
const LEVEL =
  /(^|;)(\s*)set\s+(session\s+)?transaction\s+isolation\s+level\s+(repeatable\s+read|read\s+committed|read\s+uncommitted|serializable)(?=\s*(;|$))/gi;

/**
 * The text with MySQL's SET TRANSACTION written as the assignment that means the same: the parser knows
 * only that. It is as long as before, so that problems are found at their places.
 */
export const withLevelsAssigned = (text: string): string =>
  text.replace(LEVEL, (found, start: string, space: string, session: string | undefined, level) => {
    const value = String(level).toUpperCase().split(/\s+/).join('-');
    const scope = session === undefined ? '' : 'SESSION ';
    const assignment = `${start}${space}SET ${scope}transaction_isolation='${value}'`;
    return assignment.padEnd(found.length);
  });

const LEVELS: Readonly<Record<string, IsolationLevel>> = {
  'REPEATABLE-READ': 'repeatable-read',
  'READ-COMMITTED': 'read-committed',
};

/** SET: the isolation level of the session's next transactions is all that can be set. */
export function readSet(node: Node): Statement {
  const [assignment, more] = nodesIn(node, 'expr');
  const left = isNode(assignment?.['left']) ? assignment['left'] : {};
  const right = isNode(assignment?.['right']) ? assignment['right'] : {};
  const named = textIn(left, 'name')?.toLowerCase() === 'transaction_isolation';
  if (!named || more !== undefined) return unsupported('SET', HINT);
  if (textIn(node, 'keyword')?.toLowerCase() !== 'session')
    return unsupported('An isolation level for one transaction, or for all sessions,', HINT);
  const level = LEVELS[textIn(right, 'value')?.toUpperCase() ?? ''];
  if (level === undefined) return unsupported('That isolation level', HINT);
  return { kind: 'set-isolation', level };
}

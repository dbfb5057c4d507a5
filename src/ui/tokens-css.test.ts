import { expect, it } from 'vitest';
import { tokensCss } from './tokens-css.ts';

it('tokens.css says what the tokens say', async () => {
  await expect(tokensCss()).toMatchFileSnapshot('tokens.css');
});

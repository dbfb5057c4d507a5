import { measure } from './engine-runs.ts';

console.log(JSON.stringify(measure(Number(process.argv[2]))));

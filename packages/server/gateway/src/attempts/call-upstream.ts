export { attempt as callUpstream } from './attempt.ts'

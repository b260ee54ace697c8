export { bySpecificity, compilePattern, isPattern, type ModelPattern } from './pattern.ts'
export { type Candidate, createRouter, type ModelGroup, type RoutedDeployment, type Router, type RouterOptions } from './router.ts'

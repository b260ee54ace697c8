export { type CostMap, readCostMap } from './cost-map.ts'
export { type CostProblem, costKeys, type Costs, isCostKey, readCosts } from './costs.ts'
export { openPriceBook, type PriceBook } from './price-book.ts'
export { tokenCounter, type TokenCounter } from './tokens.ts'

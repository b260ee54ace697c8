export { createScheduler, type Job, type JobStatus, type Scheduler, type SchedulerOptions } from './scheduler.ts'

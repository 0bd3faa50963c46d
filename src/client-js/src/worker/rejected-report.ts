import { JobError } from "../errors/job-error.js";
import type { Lease } from "./lease.js";
import { failure } from "./report.js";

/** What is reported instead of an outcome that the server would not have. @internal */
export function rejectedReport(lease: Lease, reason: string): string {
  return failure(lease, new JobError(`The server refused the report: ${reason}`, { code: "report_rejected" }), 0);
}

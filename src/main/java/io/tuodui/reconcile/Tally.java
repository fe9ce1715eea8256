package io.tuodui.reconcile;

/** Adds up a {@link Reconciled}. */
final class Tally {
  final boolean dryRun;
  long open;
  long putBack;
  long due;
  long dropped;
  long unknown;
  long jobs;
  long succeeded;
  long reopened;
  long reopenedJobs;

  Tally(boolean dryRun) {
    this.dryRun = dryRun;
  }

  Reconciled result() {
    return new Reconciled(
        dryRun, open, putBack, due, dropped, unknown, jobs, succeeded, reopened, reopenedJobs);
  }
}

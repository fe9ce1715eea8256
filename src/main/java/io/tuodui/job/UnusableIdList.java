package io.tuodui.job;

import io.tuodui.config.UserError;
import io.tuodui.intake.IdListReport;
import io.tuodui.intake.Rejection;
import io.tuodui.intake.UnreadableIdListException;

/** A file that holds no list of item ids, or cannot be read to its end. */
public final class UnusableIdList extends UserError {
  private static final long serialVersionUID = 1;
  private final transient IdListReport report;

  UnusableIdList(UnreadableIdListException unreadable) {
    super(unreadable.getMessage(), unreadable);
    this.report = null;
  }

  UnusableIdList(Submission submission, IdListReport report) {
    super(
        submission.getJob().origin()
            + " is not collected: "
            + (report.firstRejections().isEmpty()
                ? "it holds no item id; put one on each line"
                : "none of its "
                    + report.submitted()
                    + " entries is an item id; "
                    + first(report)));
    this.report = report;
  }

  UnusableIdList(Submission submission, long loaded) {
    super(
        "%s could not be read to its end (%s): %s. Submit it again, once it can be read."
            .formatted(
                submission.getJob().origin(),
                submission.broken().getMessage(),
                loaded == 0
                    ? "nothing of it is collected"
                    : "job %d collects the %,d ids before that"
                        .formatted(submission.getJob().jobId(), loaded)),
        submission.broken());
    this.report = null;
  }

  private static String first(IdListReport report) {
    Rejection first = report.firstRejections().get(0);
    return "line " + first.line() + ", \"" + first.text() + "\": " + first.reason();
  }

  /** What was read of it; {@code null} when nothing could be read. */
  IdListReport report() {
    return report;
  }
}

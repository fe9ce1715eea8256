package io.tuodui.job;

import io.tuodui.config.UserError;
import io.tuodui.intake.IdListReport;
import io.tuodui.intake.Rejection;
import io.tuodui.intake.UnreadableIdListException;

/** A file that holds no list of item ids. */
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

  private static String first(IdListReport report) {
    Rejection first = report.firstRejections().get(0);
    return "line " + first.line() + ", \"" + first.text() + "\": " + first.reason();
  }

  /** What was read of it; {@code null} when nothing could be read. */
  IdListReport report() {
    return report;
  }
}

package io.tuodui.job;

import java.util.Map;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says in the log of a node that a job is finished, and what became of its ids. */
@Component
public final class JobEnds {
  private static final Logger LOG = LoggerFactory.getLogger(JobEnds.class);

  private final Receipts receipts;

  JobEnds(Receipts receipts) {
    this.receipts = receipts;
  }

  /**
   * Tells it.
   *
   * @param row of job_id
   */
  public void tell(@Body Map<String, Object> row) {
    Receipt receipt = receipts.of(((Number) row.get("job_id")).longValue());
    LOG.info(
        "Job {} ({}) is finished: of {} ids {} succeeded, {} gone, {} dead, {} cancelled",
        receipt.job(),
        receipt.origin(),
        receipt.accepted(),
        receipt.succeeded(),
        receipt.gone(),
        receipt.dead(),
        receipt.cancelled());
  }
}

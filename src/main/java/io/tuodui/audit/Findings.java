package io.tuodui.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects discrepancies: all are counted, the first are kept. */
final class Findings {
  private final int keep;
  private final List<Discrepancy> first = new ArrayList<>();
  private final Map<String, Long> byPlace = new TreeMap<>();

  Findings(int keep) {
    this.keep = keep;
  }

  void add(Long item, String where, String what) {
    if (first.size() < keep) {
      first.add(new Discrepancy(item, where, what));
    }
    byPlace.merge(where, 1L, Long::sum);
  }

  /** Of the whole: a discrepancy when the two differ. */
  void same(String what, long inReceipt, long found) {
    if (inReceipt != found) {
      add(null, "counts", what + ": the receipt says " + inReceipt + ", found " + found);
    }
  }

  CheckResult result(long job, long ids, long superseded) {
    long all = byPlace.values().stream().mapToLong(Long::longValue).sum();
    return new CheckResult(job, ids, superseded, all, byPlace, first, all == 0);
  }
}

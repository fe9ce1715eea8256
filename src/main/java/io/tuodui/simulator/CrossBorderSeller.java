package io.tuodui.simulator;

/** The seller's part of the cross-border detail: scores as strings, shares as percent strings. */
final class CrossBorderSeller {
  private CrossBorderSeller() {}

  static void write(Utf8Json json, Product product, Dice noise) {
    json.field("companyName", noise.percent(50) ? product.company() : null)
        .object("sellerDataInfo")
        .field("tradeMedalLevel", Integer.toString(noise.between(1, 5)))
        .field("compositeServiceScore", score(noise))
        .field("logisticsExperienceScore", score(noise))
        .field("disputeComplaintScore", score(noise))
        .field("offerExperienceScore", score(noise))
        .field("consultingExperienceScore", score(noise))
        .field("repeatPurchasePercent", percent(noise, 60))
        .field("afterSalesExperienceScore", score(noise))
        .field("collect30DayWithin48HPercent", noise.percent(70) ? null : percent(noise, 99))
        .field("qualityRefundWithin30Day", percent(noise, 2))
        .endObject();
  }

  private static String score(Dice noise) {
    return noise.between(2, 4) + (noise.percent(50) ? ".0" : ".5");
  }

  private static String percent(Dice noise, int below) {
    int hundredths = noise.below(100);
    return noise.below(below) + (hundredths < 10 ? ".0" : ".") + hundredths + "%";
  }
}
